// The page: one state, kept in the address, and what is shown for it.
import { at, fill, h } from "../shared/dom";
import { count, number } from "../shared/format";
import type { Embedding } from "../shared/types";
import { About } from "./lazy";
import { announce, messageOf } from "./announce";
import { apiPath, ask, busy, isAbort, Latest, segment } from "./api";
import { ArticleView } from "./article";
import { Bar, type Export, type Made, type Twin } from "./bar";
import { Controls } from "./controls";
import { showDetails, showMore } from "./details";
import { GraphSection } from "./graph-section";
import { fresh, link } from "./links";
import { countMore, cut, EMPTY, load, months, question, twinPath, type Scene } from "./scene";
import { Search } from "./search";
import { Start } from "./start";
import { current, type State, type View } from "./state";
import { Table } from "./table";
import { Theme } from "./theme";

type Shown = View | "start" | "article" | "about";
const SECTIONS: readonly Shown[] = ["start", "graph", "table", "cypher", "add", "article", "about"];
const VIEWS: readonly (readonly [View, string])[] = [["graph", "Graph"], ["table", "Table"], ["cypher", "Cypher"], ["add", "Add"]];
const TITLE = "Entity Intersection Graph";

function shownFor(state: State): Shown {
  if (state.article !== null) return "article";
  if (state.about !== null) return "about";
  if (state.view === "cypher" || state.view === "add") return state.view;
  return state.entities.length === 0 ? "start" : state.view;
}

/** The lines of HTML that put the graph of an article onto another page. */
const snippet = (id: string): Made => ({ name: "Embed", what: "Lines for your page", text: async () => (await ask<Embedding>(`articles/${segment(id)}/embed`)).html });

class Page {
  readonly #theme = new Theme(at("theme"), () => { this.#graph.view.recolour(); this.#article.drawn?.recolour(); this.#console?.recolour(); });
  readonly #graph = new GraphSection(at("graph"));
  readonly #table = new Table(at("table"));
  readonly #article = new ArticleView(at("article"));
  readonly #bar = new Bar(at("bar"));
  readonly #start = new Start(at("start"));
  readonly #controls = new Controls(at("left"), (keep) => this.#draw(current.state, keep, false));
  readonly #search = new Search(at("search"), "header-search", "Search  ( / )");
  readonly #asked = new Latest();
  readonly #askedMonths = new Latest();
  #console: { recolour(): void; show(state: State): void } | null = null;
  #adding = false;
  #whole: Scene = EMPTY;
  #asking = "";
  #loaded = "";
  #monthsOf = "";
  #last: Shown | null = null;

  begin(): void {
    this.#theme.begin();
    fill(at("home"), fresh({}, {}, TITLE));
    current.listen((state) => this.show(state));
    document.addEventListener("keydown", (event) => {
      const typing = (event.target as Element).closest("input, textarea, select, [contenteditable], .editor") !== null;
      if (event.key === "/" && !typing) { event.preventDefault(); (this.#last === "start" ? at<HTMLInputElement>("start-search") : this.#search.input).focus(); }
    });
    this.show(current.state);
  }

  show(state: State): void {
    const shown = shownFor(state);
    this.#showViews(state, shown);
    for (const section of SECTIONS) at(section).hidden = section !== shown;
    const scene = shown === "graph" || shown === "table";
    at("left").hidden = !scene;
    at("right").hidden = !scene;
    at("columns").className = scene ? "three" : "one";
    document.body.dataset["shown"] = shown;
    this.#trouble(null);
    if (shown !== this.#last) at("stage").scrollTop = 0;
    const arrived = shown !== this.#last && this.#last !== null;
    this.#last = shown;
    document.title = TITLE;
    this.#fillSection(state, shown);
    if (arrived && !scene) at("stage").focus({ preventScroll: true });
  }

  #fillSection(state: State, shown: Shown): void {
    if (shown === "graph" || shown === "table") void this.#load(state);
    else if (shown === "start") { this.#say(); this.#bar.offer({ path: apiPath("entities", { limit: 8 }) }, []); void this.#start.show(); }
    else if (shown === "article" && state.article !== null) this.#document(() => this.#article.show(state.article as string), `articles/${segment(state.article)}`, snippet(state.article));
    else if (shown === "about" && state.about !== null) this.#document(async () => (await busy(About())).showAbout(at("about"), state.about as string), `entities/${segment(state.about)}`);
    else if (shown === "add") void this.#add();
    else void this.#openConsole(state);
  }

  #document(show: () => Promise<void>, path: string, made: Made | null = null): void {
    this.#say();
    this.#bar.offer({ path: apiPath(path) }, [], made);
    void show();
  }

  #say(...text: string[]): void { this.#bar.say(...text); }

  #showViews(state: State, shown: Shown): void {
    const graphs = state.entities.length > 0;
    fill(at("views"), VIEWS.map(([view, text]) => link({ view, ...(view === "graph" || view === "table" ? { statement: null, parameters: null } : {}) },
      { "aria-current": shown === view || (view === "graph" && shown === "start") ? "page" : null, class: view === "table" && !graphs ? "off" : null }, text)));
  }

  // --- graph and table ------------------------------------------------------------------------------------------------

  async #load(state: State): Promise<void> {
    const asking = JSON.stringify(question(state));
    void this.#loadMonths(state);
    if (asking === this.#loaded) { this.#draw(state, state.keep, false); return; }
    if (asking === this.#asking) return;
    this.#asking = asking;
    const signal = this.#asked.start();
    const late = window.setTimeout(() => at("stage").classList.add("loading"), 250);
    try {
      this.#whole = await load(state, signal);
      this.#loaded = asking;
      this.#draw(current.state, current.state.keep, true);
      const more = await countMore(state, signal);
      for (const node of this.#whole.nodes) node.more = more.get(node.id) ?? null;
      this.#graph.view.setMore(more);
      showMore(this.#whole);
    } catch (error) {
      if (!isAbort(error)) this.#trouble(error);
    } finally {
      if (this.#asking === asking) this.#asking = "";
      clearTimeout(late);
      at("stage").classList.remove("loading");
    }
  }

  /** Show the loaded picture with its strongest ties alone. `loaded`: it is another one than before. */
  #draw(state: State, keep: number, loaded: boolean): void {
    const shown = shownFor(state);
    if (shown !== "graph" && shown !== "table") return;
    const scene = cut(this.#whole, keep);
    this.#controls.show({ ...state, keep }, scene);
    this.#graph.show(state, scene);
    if (shown === "table") this.#table.show(scene);
    showDetails(at("right"), state, scene, { fresh: loaded });
    this.#tell(state, scene, loaded);
    this.#bar.offer(this.#twin(state), this.#exports(scene));
  }

  #tell(state: State, scene: Scene, loaded: boolean): void {
    const others = scene.nodes.length - state.entities.length;
    const all = scene.total - state.entities.length;
    const which = state.mode === "intersection" ? "named with all of them" : all === 1 ? "neighbour" : "neighbours";
    const left = all > others ? ` (the ${number(others)} strongest of ${number(all)} ${which})` : "";
    const whole = this.#whole.ties.length;
    const ties = scene.ties.length < whole ? `${number(scene.ties.length)} of ${count(whole, "tie")}` : count(whole, "tie");
    const text = `${count(scene.nodes.length, "entity", "entities")}, ${ties}${left}`;
    this.#say(text);
    document.title = `${state.entities.map((id) => scene.byId.get(id)?.name ?? id).join(" & ")} – ${TITLE}`;
    if (loaded) announce(text);
  }

  #twin(state: State): Twin { return { path: twinPath(state) }; }

  #exports(scene: Scene): Export[] {
    const { view } = this.#graph;
    const file = (ending: string): string => `${[...current.state.entities.map((id) => scene.byId.get(id)?.name ?? id)].join("-").replace(/[^\p{L}\p{N}-]+/gu, "-").slice(0, 60) || "graph"}.${ending}`;
    const one = (name: string, save: (module: typeof import("./download")) => void | Promise<void>): Export => ({ name, save: async () => save(await import("./download")) });
    return [
      one("PNG picture", async (to) => to.save(file("png"), await to.png(view))),
      one("SVG picture", (to) => to.save(file("svg"), to.svg(view), "image/svg+xml")),
      one("GEXF for Gephi", (to) => to.save(file("gexf"), to.gexf(scene, view, view.look().colours), "application/gexf+xml")),
      one("JSON", (to) => to.save(file("json"), to.json(scene, view), "application/json")),
      one("CSV of entities", (to) => to.save(file("entities.csv"), to.entitiesCsv(scene), "text/csv")),
      one("CSV of ties", (to) => to.save(file("ties.csv"), to.tiesCsv(scene), "text/csv")),
    ];
  }

  async #loadMonths(state: State): Promise<void> {
    const of = `${state.mode} ${state.entities.join(" ")}`;
    const window = `${of} ${state.since} ${state.until}`;
    if (this.#monthsOf === window) return;
    this.#monthsOf = window;
    const signal = this.#askedMonths.start();
    try {
      this.#controls.showMonths(await months(state, signal), state);
    } catch (error) { if (!isAbort(error)) this.#monthsOf = ""; }
  }

  #trouble(error: unknown): void {
    at("trouble").hidden = error === null;
    if (error === null) return;
    fill(at("trouble"), messageOf(error), " ", fresh({}, {}, "Start again"));
    this.#controls.show(current.state, EMPTY);
    fill(at("right"));
  }

  // --- lazy views -----------------------------------------------------------------------------------------------------

  async #add(): Promise<void> {
    this.#say();
    const example = { title: "Envoys meet in Muscat", text: "Steve Witkoff and Abbas Araghchi met in Oman." };
    this.#bar.offer({ path: apiPath("articles"), body: [example] }, []);
    if (this.#adding) return;
    this.#adding = true;
    const { Add } = await busy(import("./add"));
    new Add(at("add"));
  }

  async #openConsole(state: State): Promise<void> {
    if (this.#console === null) {
      fill(at("cypher"), h("p", { class: "soft" }, "Opening the console …"));
      const { Console } = await busy(import("../console/console"));
      this.#console ??= new Console(at("cypher"), this.#bar);
    }
    if (shownFor(current.state) === "cypher") this.#console.show(state);
  }
}

new Page().begin();
