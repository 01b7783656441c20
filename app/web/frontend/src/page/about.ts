// All about an entity: who or what it is, its offices, when it was named, with whom, and where.
import { fill, glyph, h, name, type Child } from "../shared/dom";
import { typeName } from "../shared/entity-types";
import { byline, count, number, span, titleOf } from "../shared/format";
import type { Article, CoMention, EntityDetail, Page, Relation, Timeline } from "../shared/types";
import { announce, messageOf } from "./announce";
import { ask, isAbort, Latest, segment } from "./api";
import { bar } from "./details";
import { button, fresh, link } from "./links";
import { bars, everyMonth } from "./months";
import { tieKey } from "./state";

const TIES = 12;
const ARTICLES = 10;
const RELATIONS: Record<string, readonly [outgoing: string, incoming: string]> = {
  LEADS: ["leads", "led by"], HOLDS_OFFICE: ["holds office in", "has as office holder"], MEMBER_OF: ["member of", "has as member"],
  PART_OF: ["part of", "includes"], BACKED_BY: ["backed by", "backs"], ALLIED_WITH: ["allied with", "allied with"],
  OPPOSES: ["opposes", "opposed by"], HEADQUARTERED_IN: ["based in", "home of"], SIGNATORY_OF: ["party to", "signed by"],
};

const asked = new Latest();

export async function showAbout(host: HTMLElement, id: string): Promise<void> {
  const signal = asked.start();
  const path = `entities/${segment(id)}`;
  try {
    const [entity, timeline, ties, articles] = await Promise.all([
      ask<EntityDetail>(path, {}, signal),
      ask<Timeline>(`${path}/timeline`, { by: "month" }, signal),
      ask<Page<CoMention>>(`${path}/co-mentions`, { limit: TIES }, signal),
      ask<Page<Article>>(`${path}/articles`, { limit: ARTICLES }, signal),
    ]);
    fill(host, heading(entity), h("div", { class: "about-columns" },
      h("div", {}, offices(entity), relations(entity), strongest(entity, ties)),
      h("div", {}, months(timeline), articleList(entity, articles, signal))));
    document.title = `${entity.name} – Entity Intersection Graph`;
    announce(`All about ${entity.name}`);
  } catch (error) {
    if (!isAbort(error)) fill(host, h("h2", {}, "No such entity"), h("p", { class: "trouble" }, messageOf(error)), h("p", {}, fresh({}, {}, "Search for another one")));
  }
}

function heading(entity: EntityDetail): Child {
  const wikidata = entity.wikidata_id;
  return h("header", {},
    h("p", { class: "kicker" }, typeName(entity.type), countryOf(entity)),
    h("h2", {}, glyph(entity.type), " ", name(entity.name)),
    entity.description !== "" && h("p", { class: "lead" }, entity.description),
    entity.aliases.length > 0 && h("p", { class: "soft" }, "Also ", entity.aliases.slice(0, 12).map((alias, i) => [i > 0 && ", ", h("i", {}, name(alias))])),
    h("p", { class: "actions" },
      fresh({ entities: [entity.id] }, { class: "button main" }, "Show neighbours"),
      wikidata !== null && h("a", { class: "button", rel: "noreferrer", href: `https://www.wikidata.org/wiki/${encodeURIComponent(wikidata)}` }, "Wikidata"),
      entity.wikipedia !== null && h("a", { class: "button", rel: "noreferrer", href: `https://en.wikipedia.org/wiki/${encodeURIComponent(entity.wikipedia.replaceAll(" ", "_"))}` }, "Wikipedia")));
}

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
/** The name of its country, where that has a code. */
function countryOf({ country }: EntityDetail): Child {
  const called = country !== null && /^[A-Z]{2}$/.test(country) ? COUNTRIES.of(country) : undefined;
  return called !== undefined && ` · ${called}`;
}

const aboutLink = (entity: { id: string; name: string }): Child => link({ about: entity.id }, {}, name(entity.name));

function offices(entity: EntityDetail): Child {
  return entity.offices.length > 0 && h("section", {}, h("h3", {}, "Offices"),
    h("table", { class: "plain" }, h("caption", { class: "unseen" }, "Offices with their dates"),
      h("tbody", {}, entity.offices.map((office) => h("tr", {}, h("th", { scope: "row" }, office.office), h("td", {}, aboutLink(office.of)),
        h("td", { class: "soft" }, span(office.since, office.until)))))));
}

function relations(entity: EntityDetail): Child {
  const others = entity.relations.filter((relation) => relation.type !== "HOLDS_OFFICE");
  const words = (relation: Relation): string => RELATIONS[relation.type]?.[relation.outgoing ? 0 : 1] ?? relation.type.toLowerCase().replaceAll("_", " ");
  const groups = Map.groupBy(others, words);
  return others.length > 0 && h("section", {}, h("h3", {}, "What is known"),
    h("dl", {}, [...groups].map(([word, group]) => [h("dt", {}, word), h("dd", {}, group.slice(0, 30).map((relation, i) => [i > 0 && ", ", aboutLink(relation.entity),
      (relation.since ?? relation.until) !== null && h("span", { class: "soft" }, ` (${span(relation.since, relation.until)})`)]))])));
}

function strongest(entity: EntityDetail, ties: Page<CoMention>): Child {
  const most = Math.max(1, ...ties.results.map((tie) => tie.articles));
  return h("section", {}, h("h3", {}, "Named with"),
    ties.total === 0 && h("p", { class: "soft" }, "No article names anyone else beside it."),
    h("ul", { class: "ties" }, ties.results.map((tie) => h("li", {},
      fresh({ entities: [entity.id], select: tieKey(entity.id, tie.entity.id) }, {}, glyph(tie.entity.type), h("span", { class: "pair" }, name(tie.entity.name)),
        bar(tie.articles / most), h("span", { class: "figure" }, number(tie.articles), h("span", { class: "unseen" }, " shared articles")))))),
    ties.total > TIES && h("p", { class: "soft" }, fresh({ entities: [entity.id] }, {}, `All ${number(ties.total)} neighbours`)));
}

function months(timeline: Timeline): Child {
  const all = everyMonth(timeline.points);
  const first = all[0];
  const last = all.at(-1);
  return first !== undefined && last !== undefined && h("section", {}, h("h3", {}, "Articles by month"),
    h("figure", { class: "timeline" }, bars(all, () => true, 64),
      h("figcaption", { class: "soft small" }, h("span", {}, span(first.start.slice(0, 7), null).replace("since ", "")), h("span", {}, span(null, last.start.slice(0, 7)).replace("until ", "")))));
}

function articleList(entity: EntityDetail, page: Page<Article>, signal: AbortSignal): Child {
  const list = h("ul", { class: "articles" });
  const section = h("section", {}, h("h3", {}, count(page.total, "article")), list);
  const put = (results: readonly Article[], offset: number): void => {
    add(list, results);
    section.querySelector(".more")?.remove();
    if (offset + results.length < page.total) section.append(button({ class: "more" }, () => void more(offset + ARTICLES), "Older articles"));
  };
  const more = async (offset: number): Promise<void> => {
    try { put((await ask<Page<Article>>(`entities/${segment(entity.id)}/articles`, { limit: ARTICLES, offset }, signal)).results, offset); }
    catch (error) { if (!isAbort(error)) announce(messageOf(error)); }
  };
  put(page.results, 0);
  return section;
}

function add(list: HTMLElement, articles: readonly Article[]): void {
  list.append(...articles.map((article) => h("li", {}, link({ article: article.id }, {}, name(titleOf(article))), h("span", { class: "soft small" }, byline(article)))));
}
