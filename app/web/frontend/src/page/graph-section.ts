// The middle of the page while a graph is shown: the drawing, its buttons, and what to do where it is empty.
import { fill, h, name } from "../shared/dom";
import { typeName } from "../shared/entity-types";
import { count } from "../shared/format";
import { listen } from "../graph/input";
import { GraphView } from "../graph/view";
import { announce } from "./announce";
import { button } from "./links";
import type { Scene } from "./scene";
import { choose, letGo } from "./search";
import { current, NO_FILTERS, selectedTie, tieKey, type State } from "./state";

const HELP = "Arrow keys walk from entity to entity, Enter selects, E expands, A adds to the chosen or removes, plus and minus zoom, 0 fits, Shift with arrows moves the picture, Alt with arrows moves the entity, Escape lets go.";

export class GraphSection {
  readonly view: GraphView;
  readonly #drawing = h("div", { class: "drawing", id: "drawing", tabindex: "0", role: "application", "aria-roledescription": "graph", "aria-describedby": "graph-help" });
  readonly #empty = h("div", { class: "empty", hidden: true });

  constructor(host: HTMLElement) {
    this.view = new GraphView(this.#drawing);
    this.view.corner = { width: 48, height: 124 }; // the buttons stand there
    const zoom = h("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
      button({ "aria-label": "Zoom in" }, () => this.view.zoom(1.3), "+"), button({ "aria-label": "Zoom out" }, () => this.view.zoom(1 / 1.3), "−"),
      button({ "aria-label": "Fit all" }, () => this.view.fit(), "⤢"));
    fill(host, this.#drawing, zoom, this.#empty, h("p", { id: "graph-help", class: "unseen" }, HELP));
    listen(this.view, {
      select: (dot, line) => current.go({ select: dot?.id ?? (line === null ? null : tieKey(line.source, line.target)) }),
      expand: (dot) => expand(dot.id),
      choose: (dot) => (dot.chosen === true ? letGo(dot.id) : choose(dot.id)),
      visited: (dot) => announce(`${dot.name}, ${typeName(dot.type)}, ${count(dot.articles, "article")}, ${count(dot.lines.length, "tie")} shown${dot.more ? `, ${dot.more} more` : ""}`),
    });
  }

  show(state: State, scene: Scene): void {
    this.view.show(scene.nodes, scene.ties);
    const pair = selectedTie(state);
    this.view.select(pair === null ? state.select : null, pair === null ? null : tieKey(...pair));
    this.#drawing.setAttribute("aria-label", `Graph of ${count(scene.nodes.length, "entity", "entities")} and ${count(scene.ties.length, "tie")}`);
    const alone = scene.nodes.length > 0 && scene.nodes.length <= state.entities.length && scene.ties.length === 0;
    this.#empty.hidden = !alone;
    if (alone) this.#explain(state, scene);
  }

  #explain(state: State, scene: Scene): void {
    const narrowed = state.types.length > 0 || state.least > 1 || state.since !== null || state.until !== null;
    const called = scene.nodes.map((node, i) => [i > 0 && (i === scene.nodes.length - 1 ? " and " : ", "), name(node.name)]);
    if (state.mode === "intersection") fill(this.#empty, h("p", {}, "No article", narrowed && " that fits the filters", " names ", called, " together."),
      h("p", {}, button({ class: "main" }, () => current.go({ mode: "neighbours" }), "Show their neighbours"), narrowed && reset()));
    else fill(this.#empty, h("p", {}, "Nobody else is named with ", called, narrowed && " under these filters", "."),
      h("p", {}, narrowed ? reset() : "Search for another entity above, or add articles."));
  }
}

const reset = (): HTMLElement => button({ class: "main" }, () => current.go({ ...NO_FILTERS }), "Reset filters");

/** Bring in the twelve strongest neighbours of an entity that are not in the picture yet. */
export function expand(id: string): void {
  const { state } = current;
  if (state.expand.length < 20) current.go({ expand: [...state.expand, id], select: id });
  else announce("The picture is full: start anew from one of its entities.");
}
