// The search box: a combobox over entities, and articles by the words of their titles.
import { fill, glyph, h, name } from "../shared/dom";
import { typeName } from "../shared/entity-types";
import { byline, count, titleOf } from "../shared/format";
import type { Article, Entity, Page } from "../shared/types";
import { announce, messageOf } from "./announce";
import { ask, isAbort, Latest } from "./api";
import { current, START } from "./state";

const PATIENCE_MS = 120; // until somebody who types is taken to have stopped
const ENTITIES = 8;
const ARTICLES = 3;
const MOST_CHOSEN = 8; // as many as the API intersects

interface Option { element: HTMLElement; pick: () => void }

/** Choose one more entity; what fills the page makes room for the graph. */
export function choose(id: string): void {
  const { state } = current;
  if (state.entities.includes(id)) { current.go({ select: id, view: "graph" }); return; }
  if (state.entities.length >= MOST_CHOSEN) { announce(`${MOST_CHOSEN} entities are chosen; remove one first.`); return; }
  const view = state.view === "table" ? "table" : "graph";
  current.go({ entities: [...state.entities, id], select: null, view, statement: null, parameters: null });
}

export function letGo(id: string): void {
  const { state } = current;
  const entities = state.entities.filter((other) => other !== id);
  if (entities.length === 0) current.go(START);
  else current.go({ entities, expand: state.expand.filter((other) => other !== id), select: null });
}

export class Search {
  readonly input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #asked = new Latest();
  #options: Option[] = [];
  #active = -1;
  #timer = 0;

  constructor(host: HTMLElement, private readonly id: string, placeholder: string) {
    this.#list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": "Found", class: "found", hidden: true });
    this.input = h("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, maxlength: 200,
      "aria-label": "Search people, states, organisations, places, events and articles",
      "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    });
    host.append(this.input, this.#list);
    this.input.addEventListener("input", () => { clearTimeout(this.#timer); this.#timer = window.setTimeout(() => void this.#look(), PATIENCE_MS); });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  }

  async #look(): Promise<void> {
    const q = this.input.value.trim();
    if (q === "") { this.#close(); return; }
    const signal = this.#asked.start();
    try {
      const [entities, articles] = await Promise.all([
        ask<Page<Entity>>("entities", { q, limit: ENTITIES }, signal),
        q.length < 3 ? null : ask<Page<Article>>("articles", { q, limit: ARTICLES }, signal),
      ]);
      this.#show(q, entities.results, articles?.results ?? []);
    } catch (error) {
      if (!isAbort(error)) announce(messageOf(error));
    }
  }

  #show(q: string, entities: readonly Entity[], articles: readonly Article[]): void {
    this.#options = [
      ...entities.map((entity): Option => ({
        element: h("li", { role: "option" }, glyph(entity.type), h("b", {}, name(entity.name)),
          h("span", { class: "soft" }, `${typeName(entity.type)} · ${count(entity.articles, "article")}`)),
        pick: () => choose(entity.id),
      })),
      ...articles.map((article): Option => ({
        element: h("li", { role: "option" }, glyph("article"), h("b", {}, name(titleOf(article))), h("span", { class: "soft" }, byline(article))),
        pick: () => current.go({ article: article.id }),
      })),
    ];
    this.#options.forEach(({ element, pick }, i) => {
      element.id = `${this.id}-${i}`;
      element.addEventListener("click", () => this.#pick(pick));
    });
    const none = h("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nothing is called “", name(q), "”. Try a surname, a state, or fewer letters.");
    fill(this.#list, this.#options.length > 0 ? this.#options.map(({ element }) => element) : none);
    this.#list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#mark(-1);
    announce(this.#options.length > 0 ? `${count(this.#options.length, "suggestion")}` : `Nothing is called ${q}.`);
  }

  #mark(active: number): void {
    this.#active = active;
    this.#options.forEach(({ element }, i) => element.setAttribute("aria-selected", String(i === active)));
    const marked = this.#options[active]?.element;
    if (marked === undefined) this.input.removeAttribute("aria-activedescendant");
    else { this.input.setAttribute("aria-activedescendant", marked.id); marked.scrollIntoView({ block: "nearest" }); }
  }

  #key(event: KeyboardEvent): void {
    const { length } = this.#options;
    if (event.key === "Escape") { if (this.#list.hidden) this.input.value = ""; this.#close(); }
    else if (event.key === "Enter") this.#options[Math.max(0, this.#active)]?.element.click();
    else if (event.key === "ArrowDown" && length > 0) this.#mark((this.#active + 1) % length);
    else if (event.key === "ArrowUp" && length > 0) this.#mark((this.#active + length) % (length + 1) === length ? length - 1 : (this.#active - 1 + length) % length);
    else return;
    event.preventDefault();
  }

  #pick(pick: () => void): void {
    this.input.value = "";
    this.#close();
    pick();
  }

  #close(): void {
    this.#asked.stop();
    this.#options = [];
    this.#list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
