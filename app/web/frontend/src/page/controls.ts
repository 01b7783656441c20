// The left side: what is chosen, and what narrows the picture.
import { fill, glyph, h, name } from "../shared/dom";
import { ENTITY_TYPES, typePlural, type EntityType } from "../shared/entity-types";
import type { TimelinePoint } from "../shared/types";
import { button, link } from "./links";
import { Months } from "./months";
import type { Scene } from "./scene";
import { letGo } from "./search";
import { current, MEASURES, NO_FILTERS, START, type Change, type Measure, type State } from "./state";

/** Steps of the slider of ties: the largest alpha that stays. */
const KEEP = [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01] as const;
const keepName = (keep: number): string => (keep >= 1 ? "all" : keep === 0.05 ? "backbone, α ≤ 0.05" : `α ≤ ${keep}`);
const MOST = [10, 20, 30, 40, 60, 80, 100, 150, 200, 300] as const;

interface Slider { row: HTMLElement; show(value: number): void }

/** A range whose steps are values of a list. `preview` follows the slider, `commit` is the gesture's end. */
function slider(id: string, label: string, values: readonly number[], said: (value: number) => string, commit: (value: number) => void, preview?: (value: number) => void): Slider {
  const output = h("output", { for: id });
  const input = h("input", { id, type: "range", min: 0, max: values.length - 1 });
  const value = (): number => values[Number(input.value)] as number;
  const say = (text: string): void => { fill(output, text); input.setAttribute("aria-valuetext", text); };
  input.addEventListener("input", () => { say(said(value())); preview?.(value()); });
  input.addEventListener("change", () => commit(value()));
  return {
    row: h("div", { class: "slider" }, h("label", { for: id }, label), output, input),
    show(wanted) {
      const at = values.findIndex((step) => step === wanted);
      input.value = String(at >= 0 ? at : values.reduce((best, step, i) => Math.abs(step - wanted) < Math.abs((values[best] as number) - wanted) ? i : best, 0));
      say(said(wanted));
    },
  };
}

export class Controls {
  readonly #months = new Months();
  readonly #monthsPart = h("section", { "aria-label": "Months" }, h("h2", {}, "Months"), this.#months.element);
  readonly #chips = h("ul", { class: "chips" });
  readonly #mode = h("div", { class: "segments", role: "group", "aria-label": "Show neighbours or the intersection" });
  readonly #types = new Map<EntityType, HTMLInputElement>();
  readonly #least: Slider;
  readonly #keep: Slider;
  readonly #most: Slider;
  readonly #measure = h("select", { id: "measure" }, Object.entries(MEASURES).map(([value, text]) => h("option", { value }, text)));
  readonly #reset = button({ class: "quiet small" }, () => current.go({ ...NO_FILTERS, select: current.state.select }), "Reset filters");

  constructor(host: HTMLElement, previewKeep: (keep: number) => void) {
    const go = (change: Change, gesture: string): void => current.go({ select: current.state.select, ...change }, gesture);
    this.#least = slider("least", "Least shared articles", [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50], String, (least) => go({ least }, "least"));
    this.#keep = slider("keep", "Strongest ties", KEEP, keepName, (keep) => go({ keep }, "keep"), previewKeep);
    this.#most = slider("most", "Most entities", MOST, String, (most) => go({ most }, "most"));
    this.#measure.addEventListener("change", () => go({ measure: this.#measure.value as Measure }, ""));
    const filters = h("details", { class: "filters" }, h("summary", {}, "Filters"),
      this.#typeBoxes(), this.#least.row, this.#keep.row, this.#most.row,
      h("div", { class: "slider" }, h("label", { for: "measure" }, "Neighbours ranked by"), this.#measure),
      this.#monthsPart, h("p", { class: "reset" }, this.#reset));
    const wide = matchMedia("(min-width: 64rem)");
    const open = (): void => { filters.open = wide.matches; };
    wide.addEventListener("change", open);
    open();
    fill(host, h("h2", {}, "Chosen"), this.#chips, this.#mode, filters);
  }

  #typeBoxes(): HTMLElement {
    const boxes = ENTITY_TYPES.map((type) => {
      const box = h("input", { type: "checkbox", value: type, onchange: () => this.#chooseTypes() });
      this.#types.set(type, box);
      return h("label", {}, box, glyph(type), typePlural(type));
    });
    return h("fieldset", { class: "types" }, h("legend", {}, "Types"), boxes);
  }

  /** All boxes ticked, or none, stands for no filter. */
  #chooseTypes(): void {
    const ticked = ENTITY_TYPES.filter((type) => this.#types.get(type)?.checked);
    const types = ticked.length === ENTITY_TYPES.length ? [] : ticked;
    current.go({ types, select: current.state.select });
  }

  show(state: State, scene: Scene): void {
    this.#showChosen(state, scene);
    for (const [type, box] of this.#types) box.checked = state.types.length === 0 || state.types.includes(type);
    this.#least.show(state.least);
    this.#keep.show(state.keep);
    this.#most.show(state.most);
    this.#measure.value = state.measure;
    this.#reset.hidden = state.types.length === 0 && state.least === 1 && state.keep === START.keep && state.since === null && state.until === null;
  }

  showMonths(points: readonly TimelinePoint[] | null, state: State): void {
    this.#monthsPart.hidden = points === null;
    if (points !== null) this.#months.show(points, state);
  }

  #showChosen(state: State, scene: Scene): void {
    fill(this.#chips, state.entities.map((id) => {
      const node = scene.byId.get(id);
      const called = node?.name ?? id;
      return h("li", { class: "chip" }, node !== undefined && glyph(node.type),
        link({ select: id }, { class: "chip-name" }, name(called)),
        button({ class: "remove", "aria-label": `Remove ${called}` }, () => letGo(id), "×"));
    }));
    const several = state.entities.length > 1;
    const mode = (value: State["mode"], text: string): HTMLElement =>
      button({ "aria-pressed": String(state.mode === value), disabled: value === "intersection" && !several },
        () => current.go({ mode: value, select: null, expand: [] }), text);
    fill(this.#mode, mode("neighbours", "Neighbours"), mode("intersection", "Intersection"),
      !several && h("p", { class: "soft small hint" }, "Choose a second entity to see what both share."));
  }
}
