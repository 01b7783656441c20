// Articles by month as bars, and the window that is cut out of them by two sliders.
import { fill, h, s } from "../shared/dom";
import { count, date } from "../shared/format";
import type { TimelinePoint } from "../shared/types";
import { button } from "./links";
import { current, type State } from "./state";

const HIGH = 44;

/** Every month from the first to the last, with those that have no article. */
export function everyMonth(points: readonly TimelinePoint[]): TimelinePoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const articles = new Map(points.map((point) => [point.start.slice(0, 7), point.articles]));
  const found: TimelinePoint[] = [];
  const at = new Date(`${first.start.slice(0, 7)}-01T00:00:00Z`);
  while (found.length < 6000) {
    const start = at.toISOString().slice(0, 10);
    found.push({ start, articles: articles.get(start.slice(0, 7)) ?? 0 });
    if (start.slice(0, 7) >= last.start.slice(0, 7)) break;
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return found;
}

/** Bars, one a month; `inside` says which are in the window. */
export function bars(months: readonly TimelinePoint[], inside: (i: number) => boolean, high = HIGH): SVGSVGElement {
  const most = Math.max(1, ...months.map((month) => month.articles));
  const gap = months.length > 120 ? 0.12 : 0.22;
  return s("svg", { class: "bars", viewBox: `0 0 ${months.length} ${high}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    months.map((month, i) => {
      const tall = month.articles === 0 ? 0 : Math.max(2, (high * month.articles) / most);
      return s("rect", { x: i + gap / 2, y: high - tall, width: 1 - gap, height: tall, class: inside(i) ? "in" : "out" },
        s("title", {}, `${date(month.start.slice(0, 7))}: ${count(month.articles, "article")}`));
    }));
}

function lastDay(month: string): string {
  const after = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  after.setUTCMonth(after.getUTCMonth() + 1);
  after.setUTCDate(0);
  return after.toISOString().slice(0, 10);
}

/** The control; shows `points` of all time with the window of the state. */
export class Months {
  readonly element = h("div", { class: "months" });
  #months: TimelinePoint[] = [];

  show(points: readonly TimelinePoint[], state: State): void {
    this.#months = everyMonth(points);
    const { length } = this.#months;
    if (length < 2) {
      fill(this.element, h("p", { class: "soft small" }, length === 0 ? "No dated article." : `All in ${date((this.#months[0] as TimelinePoint).start.slice(0, 7))}.`));
      return;
    }
    const from = state.since === null ? 0 : Math.max(0, this.#months.findIndex((month) => lastDay(month.start) >= (state.since as string)));
    const found = state.until === null ? length - 1 : this.#months.findLastIndex((month) => month.start <= (state.until as string));
    this.#fill(from, Math.max(from, found), state.since !== null || state.until !== null);
  }

  #name(i: number): string { return date((this.#months[i] as TimelinePoint).start.slice(0, 7)); }

  #fill(from: number, to: number, narrowed: boolean): void {
    const holder = h("div", { class: "bars-holder" });
    const said = h("output", { class: "small" });
    const slider = (label: string, value: number): HTMLInputElement =>
      h("input", { type: "range", min: 0, max: this.#months.length - 1, value, "aria-label": label, "aria-valuetext": this.#name(value) });
    const first = slider("From month", from);
    const last = slider("To month", to);
    const draw = (): void => {
      const [low, high] = [Number(first.value), Number(last.value)];
      const articles = this.#months.slice(low, high + 1).reduce((sum, month) => sum + month.articles, 0);
      fill(holder, bars(this.#months, (i) => i >= low && i <= high));
      fill(said, `${this.#name(low)} – ${this.#name(high)}`, h("span", { class: "soft" }, ` · ${count(articles, "article")}`));
      first.setAttribute("aria-valuetext", this.#name(low));
      last.setAttribute("aria-valuetext", this.#name(high));
    };
    first.addEventListener("input", () => { if (Number(first.value) > Number(last.value)) first.value = last.value; draw(); });
    last.addEventListener("input", () => { if (Number(last.value) < Number(first.value)) last.value = first.value; draw(); });
    for (const input of [first, last]) input.addEventListener("change", () => this.#window(Number(first.value), Number(last.value)));
    draw();
    fill(this.element, holder, h("div", { class: "window" }, first, last), h("p", { class: "window-said" }, said,
      narrowed && button({ class: "quiet small" }, () => current.go({ since: null, until: null }), "All time")));
  }

  #window(low: number, high: number): void {
    const at = (i: number): string => (this.#months[i] as TimelinePoint).start;
    const since = low === 0 ? null : at(low);
    const until = high === this.#months.length - 1 ? null : lastDay(at(high));
    current.go({ since, until, select: current.state.select }, "window");
  }
}
