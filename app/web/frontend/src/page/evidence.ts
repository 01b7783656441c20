// Sentences that prove a tie, with where they stand.
import { glyph, h, name, type Child } from "../shared/dom";
import { byline, date, marked, titleOf, webAddress } from "../shared/format";
import type { Article, Evidence, EvidencedArticle, Sentence } from "../shared/types";
import { link } from "./links";

/** Id to type of what is marked. */
export type Types = ReadonlyMap<string, string>;

/** Sentences of one article after the other belong together. */
export function byArticle(found: readonly Evidence[]): EvidencedArticle[] {
  const groups: EvidencedArticle[] = [];
  for (const { article, sentence } of found) {
    const last = groups.at(-1);
    if (last?.article.id === article.id) last.sentences.push(sentence);
    else groups.push({ article, sentences: [sentence] });
  }
  return groups;
}

const quote = (sentence: Sentence, types: Types): HTMLElement =>
  h("blockquote", { dir: "auto", class: sentence.same_sentence ? null : "apart" }, marked(sentence, types));

/** The title opens the article here; "Original" leads to where it was published. */
export function source(article: Article): HTMLElement {
  const original = webAddress(article.url);
  return h("cite", {}, link({ article: article.id }, {}, name(titleOf(article))), h("span", { class: "soft" }, byline(article) && ` ${byline(article)}`),
    original !== null && [" ", h("a", { href: original, rel: "noreferrer", class: "outward" }, "Original")]);
}

export function evidenceList(entries: readonly EvidencedArticle[], types: Types): Child {
  return entries.map(({ article, sentences }) => {
    const apart = sentences.some((sentence) => !sentence.same_sentence);
    return h("li", {}, sentences.map((sentence) => quote(sentence, types)),
      apart && h("p", { class: "soft small" }, "No one sentence names all; these are the nearest."), source(article));
  });
}

/** From when to when two were named together. */
export const seen = (first: string | null, last: string | null): string =>
  first === null || last === null ? "" : first === last ? date(first) : `${date(first)} – ${date(last)}`;

export const titled = (type: string, text: string): Child => [glyph(type), " ", name(text)];
