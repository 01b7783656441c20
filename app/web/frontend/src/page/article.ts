// An article: its text with every mention marked and coloured, who is in it, its graph beside it, and related ones.
import { fill, glyph, h, name, type Child } from "../shared/dom";
import { ENTITY_TYPES, typeName, typePlural } from "../shared/entity-types";
import { byline, count, parts, titleOf, webAddress } from "../shared/format";
import type { ArticleBox, ArticleEdge, ArticleEntity, Mention, Sentence, StoredArticle } from "../shared/types";
import { listen } from "../graph/input";
import { GraphView } from "../graph/view";
import { announce, messageOf } from "./announce";
import { ask, isAbort, Latest, segment } from "./api";
import { fresh, link } from "./links";
import { current, tieKey } from "./state";

const asked = new Latest();
type Entities = ReadonlyMap<string, ArticleEntity>;

export class ArticleView {
  #view: GraphView | null = null;
  readonly #drawing = h("div", { class: "drawing", tabindex: "0", role: "application", "aria-label": "Graph of this article. Arrow keys walk, Enter opens an entity." });

  constructor(private readonly host: HTMLElement) { this.#lightUp(); }

  get drawn(): GraphView | null { return this.#view; }

  async show(id: string): Promise<void> {
    const signal = asked.start();
    const path = `articles/${segment(id)}`;
    try {
      const [article, box] = await Promise.all([ask<StoredArticle>(path, {}, signal), ask<ArticleBox>(`${path}/graph`, { max_nodes: 40 }, signal)]);
      this.#fill(article, box);
      document.title = `${titleOf(article)} – Entity Intersection Graph`;
      announce(`Article: ${titleOf(article)}`);
    } catch (error) {
      if (!isAbort(error)) fill(this.host, h("h2", {}, "No such article"), h("p", { class: "trouble" }, messageOf(error)), h("p", {}, fresh({}, {}, "To the start")));
    }
  }

  #fill(article: StoredArticle, box: ArticleBox): void {
    const entities: Entities = new Map(article.entities.map((entity) => [entity.id, entity]));
    const text = h("div", { class: "text", lang: article.language, dir: "auto" }, body(article, entities));
    const ties = box.graph.edges.filter((edge) => edge.in_article > 0); // the others never share a sentence here
    fill(this.host, h("div", { class: "reading" }, heading(article), text, tags(article)),
      h("aside", { class: "beside", "aria-label": "Entities of this article" }, this.#graphOf(box, ties), cast(article, entities), related(box)));
    this.#view?.show(box.graph.nodes.map((node) => ({ ...node, pale: node.source === true || node.evidence === "tags" })),
      ties.map((edge) => ({ key: tieKey(edge.source, edge.target), source: edge.source, target: edge.target, articles: edge.in_article })));
  }

  #graphOf(box: ArticleBox, ties: readonly ArticleEdge[]): Child {
    if (box.graph.nodes.length === 0) return h("p", { class: "none" }, box.explanation);
    if (this.#view === null) {
      this.#view = new GraphView(this.#drawing);
      listen(this.#view, {
        select: (dot, line) => {
          if (line !== null) current.go({ entities: [line.source, line.target], expand: [], mode: "neighbours", select: tieKey(line.source, line.target), view: "graph" });
          else if (dot !== null) current.go({ about: dot.id });
        },
        expand: (dot) => current.go({ entities: [dot.id], expand: [], select: null, view: "graph" }),
        choose: (dot) => current.go({ entities: [dot.id], expand: [], select: null, view: "graph" }),
        visited: (dot) => announce(`${dot.name}, ${typeName(dot.type)}, ${count(dot.lines.length, "tie")} in this article`),
      });
    }
    return [this.#drawing, h("p", { class: "soft small" }, box.state === "ok" ? `${count(box.graph.nodes.length, "entity", "entities")}, ${count(ties.length, "pair")} in one sentence. ` : `${box.explanation} `,
      fresh({ entities: this.#most(box) }, {}, "Explore around the three most tied"))];
  }

  #most(box: ArticleBox): string[] {
    const ties = new Map<string, number>();
    for (const edge of box.graph.edges) for (const id of [edge.source, edge.target]) ties.set(id, (ties.get(id) ?? 0) + edge.in_article);
    return [...ties].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([id]) => id);
  }

  /** Hovering or focusing a name lights it up in the text, in the list and in the graph. */
  #lightUp(): void {
    const light = (event: Event, on: boolean): void => {
      const id = (event.target as Element).closest<HTMLElement>("[data-entity]")?.dataset["entity"];
      for (const element of this.host.querySelectorAll(".lit")) element.classList.remove("lit");
      if (on && id !== undefined) for (const element of this.host.querySelectorAll(`[data-entity="${CSS.escape(id)}"]`)) element.classList.add("lit");
      this.#view?.light(on ? id ?? null : null);
    };
    for (const kind of ["mouseover", "focusin"]) this.host.addEventListener(kind, (event) => light(event, true));
    for (const kind of ["mouseout", "focusout"]) this.host.addEventListener(kind, (event) => light(event, false));
  }
}

function heading(article: StoredArticle): Child {
  const original = webAddress(article.url);
  return h("header", {}, h("p", { class: "kicker" }, byline(article) || "Article"), h("h2", { dir: "auto" }, titleOf(article)),
    original !== null && h("p", {}, h("a", { href: original, rel: "noreferrer", class: "outward" }, "Read the original")));
}

/** A sentence's words with every mention a link to all about its entity. */
function words(sentence: Pick<Sentence, "text" | "mentions">, entities: Entities): Child {
  return parts(sentence, null).map((part) => {
    const entity = part.entity === null ? undefined : entities.get(part.entity);
    if (entity === undefined) return part.text;
    const kind = part.kind === "name" ? "" : `, ${part.kind}`;
    return link({ about: entity.id }, { class: `mention type-${entity.type}`, "data-entity": entity.id, title: `${entity.name} (${typeName(entity.type)}${kind})` }, part.text);
  });
}

/** The whole text where it is kept, else the sentences that name an entity. */
function body(article: StoredArticle, entities: Entities): Child {
  const takeaways = article.sentences.filter(({ number }) => number > 0 && number <= article.takeaways.length);
  const takeaway = new Map(takeaways.map((sentence) => [sentence.number, sentence]));
  const points = article.takeaways.map((text, i) => h("li", {}, words(takeaway.get(i + 1) ?? { text, mentions: [] }, entities)));
  const sentences = article.sentences.filter(({ number }) => number > article.takeaways.length);
  return [points.length > 0 && h("ul", { class: "takeaways" }, points),
    article.text === null ? sentences.map((sentence) => h("p", {}, words(sentence, entities))) : paragraphs(article.text, sentences, entities)];
}

/** Mentions with offsets into the text; sentences say where they begin, or are looked for one after the other. */
function paragraphs(text: string, sentences: readonly Sentence[], entities: Entities): Child {
  const letters = Array.from(text);
  const mentions: Mention[] = [];
  let cursor = 0;
  for (const sentence of sentences) {
    const at = sentence.start ?? find(text, sentence.text, cursor);
    if (at === null) continue;
    mentions.push(...sentence.mentions.map((mention) => ({ ...mention, start: mention.start + at, end: mention.end + at })));
    cursor = at;
  }
  const found: Child[] = [];
  let begin = 0;
  for (let i = 0; i <= letters.length; i++) {
    if (i < letters.length && letters[i] !== "\n") continue;
    const paragraph = letters.slice(begin, i).join("");
    const inside = mentions.filter((mention) => mention.start >= begin && mention.end <= i);
    const [from] = [begin];
    if (paragraph.trim() !== "") found.push(h("p", {}, words({ text: paragraph, mentions: inside.map((mention) => ({ ...mention, start: mention.start - from, end: mention.end - from })) }, entities)));
    begin = i + 1;
  }
  return found;
}

/** Where a sentence begins, in code points. */
function find(text: string, sentence: string, from: number): number | null {
  const units = Array.from(text).slice(0, from).join("").length;
  const at = text.indexOf(sentence, units);
  return at < 0 ? null : Array.from(text.slice(0, at)).length;
}

function tags(article: StoredArticle): Child {
  const all = [...new Set([...article.themes, ...article.tags])];
  return all.length > 0 && h("p", { class: "soft small tags" }, all.map((tag, i) => [i > 0 && " · ", name(tag)]));
}

/** Who is in it, by type. */
function cast(article: StoredArticle, entities: Entities): Child {
  const named = new Map<string, number>();
  for (const sentence of article.sentences) for (const { entity } of sentence.mentions) named.set(entity, (named.get(entity) ?? 0) + 1);
  const all = [...entities.values()].sort((a, b) => (named.get(b.id) ?? 0) - (named.get(a.id) ?? 0));
  return ENTITY_TYPES.map((type) => {
    const those = all.filter((entity) => entity.type === type);
    return those.length > 0 && h("section", { class: "cast" }, h("h3", {}, glyph(type), " ", typePlural(type)), h("ul", {}, those.map((entity) => h("li", { "data-entity": entity.id },
      link({ about: entity.id }, { class: entity.evidence === "tags" || entity.cited ? "pale" : null }, name(entity.name)),
      h("span", { class: "soft small" }, entity.evidence === "tags" ? "in tags only" : entity.cited ? "cited as source" : String(named.get(entity.id) ?? ""))))));
  });
}

function related(box: ArticleBox): Child {
  return box.related.length > 0 && h("section", {}, h("h3", {}, "Related articles"), h("ul", { class: "articles" }, box.related.slice(0, 6).map(({ article, shared }) => h("li", {},
    link({ article: article.id }, {}, name(titleOf(article))), h("span", { class: "soft small" }, byline(article), " · shares ", shared.slice(0, 3).map((entity, i) => [i > 0 && ", ", name(entity.name)]))))));
}
