// The first thing a visitor sees: a question, the search box, and who is in the news most.
import { fill, glyph, h, name } from "../shared/dom";
import { count, number } from "../shared/format";
import type { Entity, Page, Stats } from "../shared/types";
import { messageOf } from "./announce";
import { ask } from "./api";
import { fresh } from "./links";
import { Search } from "./search";

const MOST_MENTIONED = 8;

export class Start {
  readonly #top = h("ul", { class: "top", "aria-busy": "true" }, Array.from({ length: MOST_MENTIONED }, () => h("li", { class: "ghost" }, "\u00a0")));
  readonly #size = h("p", { class: "soft size" }, "\u00a0");

  constructor(host: HTMLElement) {
    const box = h("div", { class: "search-big", role: "search" });
    new Search(box, "start-search", "A person, a state, a place …");
    fill(host,
      h("h2", { id: "question" }, "Whom or what are you looking for?"),
      h("p", { class: "lead" }, "Choose someone, and see who is named with them in the news, with every sentence that proves it."),
      box, h("h3", {}, "Most in the news"), this.#top, this.#size);
  }

  async show(): Promise<void> {
    try {
      const [entities, stats] = await Promise.all([ask<Page<Entity>>("entities", { limit: MOST_MENTIONED }), ask<Stats>("stats")]);
      this.#top.setAttribute("aria-busy", "false");
      if (entities.results.length === 0) this.#empty();
      else fill(this.#top, entities.results.map((entity) => h("li", {},
        fresh({ entities: [entity.id] }, {}, glyph(entity.type), name(entity.name), h("span", { class: "soft" }, number(entity.articles), h("span", { class: "unseen" }, " articles"))))));
      fill(this.#size, `${count(stats.articles, "article")}, ${count(stats.entities, "entity", "entities")}, ${count(stats.ties, "tie")} between them.`);
    } catch (error) {
      fill(this.#top, h("li", { class: "trouble" }, messageOf(error)));
    }
  }

  #empty(): void {
    fill(this.#top, h("li", { class: "none" }, "There are no articles yet. ", fresh({ view: "add" }, {}, "Add some here"), ", or with ", h("code", {}, "eig ingest"), "."));
  }
}
