// Numbers, dates and sentences as they are read.
import type { Article, Sentence } from "./types";
import { h, type Child } from "./dom";

const NUMBER = new Intl.NumberFormat("en");
export const number = (value: number): string => NUMBER.format(value);
/** `count(2, "article")` is "2 articles". */
export const count = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;

const DATES: Record<number, Intl.DateTimeFormat> = {
  4: new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: "UTC" }),
  7: new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", timeZone: "UTC" }),
  10: new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" }),
};

/** An ISO date, in the precision it has: "2024-05" is "May 2024". */
export function date(iso: string): string {
  const known = DATES[Math.min(iso.length, 10)];
  const day = new Date(`${iso.slice(0, 10)}${"-01-01".slice(0, Math.max(0, 10 - iso.length)).slice(iso.length === 7 ? 3 : 0)}`);
  return known === undefined || Number.isNaN(day.getTime()) ? iso : known.format(day);
}

/** From and until, either of which may be open: "2013 – 2021", "since 2022". */
export function span(since: string | null, until: string | null): string {
  if (since !== null && until !== null) return `${date(since)} – ${date(until)}`;
  if (since !== null) return `since ${date(since)}`;
  return until === null ? "" : `until ${date(until)}`;
}

export const titleOf = (article: Article): string => article.title || article.url || "Untitled article";
/** "Example News · 17 May 2024", without what is not known. */
export const byline = (article: Article): string =>
  [article.publisher, article.published_at === null ? null : date(article.published_at)].filter(Boolean).join(" · ");

/** Only addresses of the web become links: not `javascript:` and the like. */
export const webAddress = (url: string | null): string | null => (url !== null && /^https?:\/\//i.test(url) ? url : null);

/** A part of a sentence: what it names, or null for the text between. */
export interface Part { text: string; entity: string | null; kind: string }

/** The sentence cut at its mentions of the entities that are wanted (null: all); overlapping ones after the first are left out. */
export function parts(sentence: Pick<Sentence, "text" | "mentions">, wanted: ReadonlySet<string> | null): Part[] {
  const letters = Array.from(sentence.text); // offsets count code points
  const found: Part[] = [];
  let last = 0;
  const between = (end: number): void => {
    if (end > last) found.push({ text: letters.slice(last, end).join(""), entity: null, kind: "" });
  };
  for (const mention of [...sentence.mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const entity = wanted === null || wanted.has(mention.entity) ? mention.entity
      : mention.stands_for !== null && wanted.has(mention.stands_for) ? mention.stands_for : null;
    if (entity === null || mention.start < last) continue;
    between(mention.start);
    found.push({ text: letters.slice(mention.start, mention.end).join(""), entity, kind: mention.kind });
    last = mention.end;
  }
  between(letters.length);
  return found;
}

/** The sentence with the wanted entities marked in the colour of their type. */
export function marked(sentence: Sentence, types: ReadonlyMap<string, string>): Child[] {
  return parts(sentence, new Set(types.keys())).map((part) =>
    part.entity === null ? part.text : h("mark", { class: `type-${types.get(part.entity) ?? "other"}` }, part.text));
}
