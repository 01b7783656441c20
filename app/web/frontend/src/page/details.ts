// The right side: the strongest ties; an entity's ties; the sentences of a tie; or what an intersection rests on.
import { fill, glyph, h, name, type Child } from "../shared/dom";
import { typeName } from "../shared/entity-types";
import { count, number } from "../shared/format";
import type { EntityDetail, Evidence, Intersection, Page } from "../shared/types";
import { messageOf } from "./announce";
import { apiPath, ask, isAbort, Latest, segment, type Parameters } from "./api";
import { byArticle, evidenceList, seen, titled, type Types } from "./evidence";
import { button, link } from "./links";
import { tiesOf, type Scene, type SceneNode, type SceneTie } from "./scene";
import { choose, letGo } from "./search";
import { current, selectedTie, tieKey, type State } from "./state";

const STRONGEST = 14;
const TIES = 40;
const SENTENCES = 10;

const asked = new Latest();
let counted: (scene: Scene) => void = () => undefined;

/** A bar that is as long as `share` of the room it has. */
export function bar(share: number): HTMLElement {
  const inner = h("i", { class: "bar" });
  inner.style.setProperty("--share", `${Math.round(100 * Math.max(0.02, Math.min(1, share)))}%`);
  return inner;
}

/** Tell how many neighbours are not shown, which is counted after the picture stands; nothing is made anew for that. */
export const showMore = (scene: Scene): void => counted(scene);

/** What the right side holds for a state; the picture has its strongest ties alone where the reader asked for that. */
export function showDetails(host: HTMLElement, state: State, scene: Scene, cause: { fresh: boolean }): void {
  const pair = selectedTie(state);
  const node = state.select === null ? undefined : scene.byId.get(state.select);
  const shown = `${state.select ?? ""} ${state.mode} ${state.entities.join()} ${state.since} ${state.until}`;
  if (pair === null && node === undefined && state.mode === "intersection") {
    if (!cause.fresh && host.dataset["shown"] === shown) return; // the sentences stand there already
    showShared(host, state, scene);
  } else if (pair !== null) {
    if (!cause.fresh && host.dataset["shown"] === shown) return;
    void showTie(host, state, scene, pair);
  } else {
    asked.stop();
    counted = () => undefined;
    if (node !== undefined) showEntity(host, state, scene, node);
    else showStrongest(host, scene);
  }
  if (host.dataset["shown"] !== shown) host.scrollTop = 0;
  host.dataset["shown"] = shown;
}

// --- nothing chosen: the strongest ties -----------------------------------------------------------------------------

function showStrongest(host: HTMLElement, scene: Scene): void {
  const strength = (tie: SceneTie): number => tie.llr;
  const strongest = [...scene.ties].sort((a, b) => strength(b) - strength(a)).slice(0, STRONGEST);
  const most = Math.max(1, ...strongest.map((tie) => tie.articles));
  fill(host, h("h2", {}, "Strongest ties"),
    h("p", { class: "soft" }, strongest.length > 0 ? "Choose a tie to read the sentences behind it, or an entity to see its ties." : "No tie fits. Loosen a filter at the left."),
    h("ol", { class: "ties pairs" }, strongest.map((tie) => {
      const [a, b] = [scene.byId.get(tie.source) as SceneNode, scene.byId.get(tie.target) as SceneNode];
      return h("li", {}, link({ select: tie.key }, {}, h("span", { class: "pair" }, glyph(a.type), name(a.name)), h("span", { class: "pair" }, glyph(b.type), name(b.name)),
        bar(tie.articles / most), h("span", { class: "figure" }, number(tie.articles), h("span", { class: "unseen" }, " shared articles"))));
    })));
}

// --- an entity: its ties --------------------------------------------------------------------------------------------

function showEntity(host: HTMLElement, state: State, scene: Scene, node: SceneNode): void {
  const ties = tiesOf(scene, node.id);
  const most = Math.max(1, ...ties.map(({ tie }) => tie.articles));
  const about = h("p", { class: "description" });
  const facts = h("p", { class: "soft" });
  const expand = button({}, () => current.go({ expand: [...state.expand, node.id], select: node.id }));
  const chosen = state.entities.includes(node.id);
  const say = (more: number): void => {
    fill(facts, `${count(node.articles, "article")} · ${count(ties.length, "tie")} shown${more > 0 ? `, ${number(more)} more` : ""}`);
    fill(expand, `Expand +${Math.min(12, more)}`);
    expand.hidden = more === 0;
  };
  say(node.more ?? 0);
  counted = (picture) => say(picture.byId.get(node.id)?.more ?? 0);
  fill(host, h("p", { class: "kicker" }, typeName(node.type)), h("h2", { class: "title" }, titled(node.type, node.name)), about,
    facts,
    h("p", { class: "actions" },
      chosen ? button({}, () => letGo(node.id), "Remove from chosen") : button({ class: "main" }, () => choose(node.id), "Add to chosen"),
      expand,
      !(chosen && state.entities.length === 1) && link({ entities: [node.id], expand: [], select: null }, { class: "button" }, "Only this"),
      link({ about: node.id }, { class: "button" }, "All about it")),
    h("h3", {}, "Ties shown"),
    h("ul", { class: "ties" }, ties.slice(0, TIES).map(({ tie, other }) => h("li", {},
      link({ select: tie.key }, {}, glyph(other.type), h("span", { class: "pair" }, name(other.name)), bar(tie.articles / most),
        h("span", { class: "figure" }, number(tie.articles), h("span", { class: "unseen" }, " shared articles")))))),
    ties.length > TIES && h("p", { class: "soft" }, `and ${number(ties.length - TIES)} more, all in the `, link({ view: "table" }, {}, "table"), "."));
  void describe(about, node.id);
}

const descriptions = new Map<string, string>();
async function describe(element: HTMLElement, id: string): Promise<void> {
  try {
    if (!descriptions.has(id)) descriptions.set(id, (await ask<EntityDetail>(`entities/${segment(id)}`)).description);
    fill(element, descriptions.get(id));
  } catch { /* it is a nicety; the ties are there without it */ }
}

// --- a tie: its sentences -------------------------------------------------------------------------------------------

async function showTie(host: HTMLElement, state: State, scene: Scene, [a, b]: [string, string]): Promise<void> {
  const signal = asked.start();
  const body = h("ol", { class: "evidence", "aria-busy": "true" }, h("li", { class: "soft" }, "Reading the sentences …"));
  const heading = h("h2", { class: "title tie-title" });
  const facts = h("div", {});
  const ends = (await Promise.all([a, b].map((id) => scene.byId.get(id) ?? ask<EntityDetail>(`entities/${segment(id)}`, {}, signal).catch(() => null))));
  const [first, second] = ends;
  if (signal.aborted) return;
  if (first == null || second == null) {
    fill(host, h("h2", {}, "No such tie"), h("p", {}, "The address names a tie between entities that are not in the graph."));
    return;
  }
  const tie = scene.ties.find((one) => one.key === tieKey(a, b));
  fill(heading, h("span", {}, titled(first.type, first.name)), " ", h("span", { class: "amp" }, "&"), " ", h("span", {}, titled(second.type, second.name)));
  fill(facts, tie !== undefined && tieFacts(tie), tieActions(state, a, b));
  fill(host, h("p", { class: "kicker" }, "Named together"), heading, facts, body);
  const types: Types = new Map([[first.id, first.type], [second.id, second.type]]);
  await fillEvidence(host, body, state, [a, b], types, signal);
}

function tieFacts(tie: SceneTie): Child {
  const when = seen(tie.first_seen, tie.last_seen);
  const surprise = tie.alpha === undefined ? null : tie.alpha <= 0.05 ? "far more than chance" : tie.alpha <= 0.3 ? "more than chance" : null;
  return h("p", { class: "soft" }, [count(tie.articles, "shared article"), count(tie.sentences, "sentence"), when, surprise].filter(Boolean).join(" · "));
}

function tieActions(state: State, a: string, b: string): Child {
  const both = state.entities.length === 2 && state.entities.includes(a) && state.entities.includes(b);
  return h("p", { class: "actions" },
    !(both && state.mode === "intersection") && link({ entities: [a, b], mode: "intersection", expand: [], select: null }, { class: "button" }, "What both share"),
    h("a", { class: "button", href: apiPath(`pairs/${segment(a)}/${segment(b)}/evidence`, window(state)) }, "JSON"),
    link({ select: null }, { class: "button" }, "Close"));
}

const window = (state: State): Parameters => ({ since: state.since, until: state.until });

/** Sentences that name both; where there is none, the nearest ones of the articles that name both. */
async function fillEvidence(host: HTMLElement, body: HTMLElement, state: State, [a, b]: [string, string], types: Types, signal: AbortSignal): Promise<void> {
  const more = async (offset: number): Promise<void> => {
    try {
      const { results, total } = await ask<Page<Evidence>>(`pairs/${segment(a)}/${segment(b)}/evidence`, { ...window(state), limit: SENTENCES, offset }, signal);
      if (offset === 0) fill(body);
      body.setAttribute("aria-busy", "false");
      body.append(...h("ol", {}, evidenceList(byArticle(results), types)).childNodes);
      host.querySelector(".more")?.remove();
      if (total === 0) await fillApart();
      else if (offset + results.length < total) host.append(button({ class: "more" }, () => void more(offset + SENTENCES), `More of ${count(total, "sentence")}`));
    } catch (error) { trouble(body, error); }
  };
  const fillApart = async (): Promise<void> => {
    const found = await ask<Intersection>("intersections", { entity: [a, b], ...window(state), limit: SENTENCES }, signal);
    fill(body, found.articles.total > 0 ? evidenceList(found.articles.results, types)
      : h("li", { class: "soft" }, "No article of these months names both. Widen the window at the left."));
  };
  await more(0);
}

function trouble(body: HTMLElement, error: unknown): void {
  if (isAbort(error)) return;
  body.setAttribute("aria-busy", "false");
  fill(body, h("li", { class: "trouble" }, messageOf(error)));
}

// --- an intersection: the articles that name all --------------------------------------------------------------------

function showShared(host: HTMLElement, state: State, scene: Scene): void {
  const signal = asked.start();
  const body = h("ol", { class: "evidence", "aria-busy": "true" }, h("li", { class: "soft" }, "Reading the sentences …"));
  const said = h("p", { class: "soft" }, "\u00a0");
  const types: Types = new Map(state.entities.map((id) => [id, scene.byId.get(id)?.type ?? "other"]));
  const parameters = { entity: state.entities, ...window(state), limit: SENTENCES };
  fill(host, h("p", { class: "kicker" }, "Intersection"), h("h2", { class: "title" }, "Where all are named"), said,
    h("p", { class: "actions" }, h("a", { class: "button", href: apiPath("intersections", parameters) }, "JSON")), body);
  const more = async (offset: number): Promise<void> => {
    try {
      const { articles } = await ask<Intersection>("intersections", { ...parameters, offset }, signal);
      if (offset === 0) fill(body);
      body.setAttribute("aria-busy", "false");
      fill(said, articles.total > 0 ? `${count(articles.total, "article")}, newest first` : "No article names all of them. Remove one, or go back to their neighbours.");
      body.append(...h("ol", {}, evidenceList(articles.results, types)).childNodes);
      host.querySelector(".more")?.remove();
      if (offset + articles.results.length < articles.total) host.append(button({ class: "more" }, () => void more(offset + SENTENCES), `More of ${count(articles.total, "article")}`));
    } catch (error) { trouble(body, error); }
  };
  void more(0);
}
