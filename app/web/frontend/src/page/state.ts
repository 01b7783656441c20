// What is shown, and the address that says so: back, forward and shared links restore it whole.
import { isEntityType, type EntityType } from "../shared/entity-types";

export const MEASURES = { llr: "surprise", npmi: "exclusivity", articles: "shared articles" } as const;
export type Measure = keyof typeof MEASURES;
export type View = "graph" | "table" | "cypher" | "add";

export interface State {
  /** Ids of the chosen entities. */
  entities: readonly string[];
  mode: "neighbours" | "intersection";
  /** Ids in the order of the clicks; the same one may come several times. */
  expand: readonly string[];
  /** Empty: all. */
  types: readonly EntityType[];
  least: number;
  /** Largest alpha of a tie that stays; 1: all stay. At first the weakest are left out: with all of them nothing is seen. */
  keep: number;
  most: number;
  measure: Measure;
  /** First and last day of the window, each null where it is open. */
  since: string | null;
  until: string | null;
  /** An entity "Q1", or a tie "Q1~Q2". */
  select: string | null;
  view: View;
  /** The article, or the entity, that fills the page; before any view. */
  article: string | null;
  about: string | null;
  statement: string | null;
  parameters: string | null;
}

export const START: State = {
  entities: [], mode: "neighbours", expand: [], types: [], least: 1, keep: 0.2, most: 60, measure: "llr",
  since: null, until: null, select: null, view: "graph", article: null, about: null, statement: null, parameters: null,
};
/** What narrows a picture, as it is when nothing does. */
export const NO_FILTERS: Pick<State, "types" | "least" | "keep" | "since" | "until"> = {
  types: [], least: 1, keep: START.keep, since: null, until: null,
};

const VIEWS: readonly string[] = ["graph", "table", "cypher", "add"];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function between(text: string | null, low: number, high: number, otherwise: number): number {
  const value = Number(text ?? NaN);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;
}

/** The state that an address stands for; what makes no sense counts as not given. */
export function parse(search: string): State {
  const given = new URLSearchParams(search);
  const day = (name: string): string | null => { const text = given.get(name); return text !== null && DAY.test(text) ? text : null; };
  const view = given.get("view") ?? "";
  const measure = given.get("measure") ?? "";
  const entities = [...new Set(given.getAll("entity"))].slice(0, 20);
  return {
    entities,
    mode: given.get("mode") === "intersection" && entities.length > 1 ? "intersection" : "neighbours",
    expand: given.getAll("expand").slice(0, 20),
    types: given.getAll("type").filter(isEntityType),
    least: Math.round(between(given.get("min"), 1, 1000, 1)),
    keep: between(given.get("keep"), 0.001, 1, START.keep),
    most: Math.round(between(given.get("most"), 2, 5000, START.most)),
    measure: Object.hasOwn(MEASURES, measure) ? (measure as Measure) : START.measure,
    since: day("since"), until: day("until"),
    select: given.get("select"),
    view: VIEWS.includes(view) ? (view as View) : "graph",
    article: given.get("article"), about: given.get("about"),
    statement: given.get("statement"), parameters: given.get("parameters"),
  };
}

/** The address of a state, relative to the page's own; what is as usual is left out. */
export function address(state: State): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | null, usual: string | number | null): void => {
    if (value !== usual && value !== null) query.set(name, String(value));
  };
  for (const id of state.entities) query.append("entity", id);
  put("mode", state.mode, START.mode);
  for (const id of state.expand) query.append("expand", id);
  for (const type of state.types) query.append("type", type);
  put("min", state.least, START.least);
  put("keep", state.keep, START.keep);
  put("most", state.most, START.most);
  put("measure", state.measure, START.measure);
  for (const name of ["since", "until", "select", "article", "about", "statement", "parameters"] as const) put(name, state[name], null);
  put("view", state.view, START.view);
  const text = query.toString().replaceAll("%7E", "~");
  return text === "" ? location.pathname : `?${text}`;
}

export type Change = Partial<State>;
type Listener = (state: State) => void;

// Steps of one control that follow each other within this time are one gesture, and one entry of the history.
const GESTURE_MS = 5000;

/** The state of the page. Every change goes through `go`, so that there is an address for all that can be seen. */
class Current {
  #state = parse(location.search);
  #listeners: Listener[] = [];
  #last = { gesture: "", time: 0 };

  constructor() {
    addEventListener("popstate", () => { this.#state = parse(location.search); this.#last.gesture = ""; this.#tell(); });
  }

  get state(): State { return this.#state; }

  listen(listener: Listener): void { this.#listeners.push(listener); }

  /** The state with a change: an article or all about an entity is left when something else is asked for. */
  with(change: Change): State {
    const next = { ...this.#state, article: null, about: null, ...change };
    return next.entities.length < 2 ? { ...next, mode: "neighbours" } : next;
  }

  /** Change the state; `gesture` names the control where several steps in a row are one. */
  go(change: Change, gesture = ""): void {
    this.#state = this.with(change);
    const to = address(this.#state);
    if (to === address(parse(location.search))) { this.#tell(); return; }
    const now = performance.now();
    const same = gesture !== "" && gesture === this.#last.gesture && now - this.#last.time < GESTURE_MS;
    this.#last = { gesture, time: now };
    history[same ? "replaceState" : "pushState"](null, "", to);
    this.#tell();
  }

  /** Note something in the address without an entry of its own and without showing anything anew. */
  note(change: Change): void {
    this.#state = { ...this.#state, ...change };
    history.replaceState(null, "", address(this.#state));
  }

  #tell(): void { for (const listener of this.#listeners) listener(this.#state); }
}

export const current = new Current();

/** The two ends of a selected tie; null where no tie is selected. */
export function selectedTie(state: State): [string, string] | null {
  const [a, b] = state.select?.split("~") ?? [];
  return a && b ? [a, b] : null;
}
export const tieKey = (a: string, b: string): string => (a < b ? `${a}~${b}` : `${b}~${a}`);
