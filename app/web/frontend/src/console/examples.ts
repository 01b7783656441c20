// Statements to begin with, and those that the reader has kept in this browser.
import { fill, h } from "../shared/dom";
import { announce } from "../page/announce";
import { button } from "../page/links";

interface Example { name: string; statement: string; parameters: string }
const KEY = "eig-statements";

const GIVEN: readonly Example[] = [
  { name: "Strongest ties", parameters: '{"least": 8}',
    statement: "MATCH (a:Entity)-[tie:CO_MENTIONED]-(b:Entity)\nWHERE tie.articles >= $least AND a.id < b.id\nRETURN a, tie, b\nORDER BY tie.articles DESC LIMIT 60" },
  { name: "Whom a person is named with", parameters: '{"name": "Benjamin Netanyahu"}',
    statement: "MATCH (p:Entity {name: $name})-[tie:CO_MENTIONED]-(other:Entity)\nRETURN other, tie.articles AS articles, tie.first_seen AS since\nORDER BY articles DESC LIMIT 25" },
  { name: "Armed groups and who backs them", parameters: "",
    statement: "MATCH (g:Entity {type: 'armed_group'})-[r:BACKED_BY]->(s:Entity)\nRETURN g, r, s" },
  { name: "Articles that name two entities", parameters: '{"a": "Q794", "b": "Q801"}',
    statement: "MATCH (x:Entity {id: $a})<-[:MENTIONS]-(article:Article)-[:MENTIONS]->(y:Entity {id: $b})\nRETURN article.published_at AS date, article\nORDER BY date DESC LIMIT 25" },
  { name: "Articles by year", parameters: "",
    statement: "MATCH (a:Article)\nWHERE a.published_at IS NOT NULL\nRETURN substring(toString(a.published_at), 0, 4) AS year, count(*) AS articles\nORDER BY year" },
  { name: "Leaders and their states", parameters: "",
    statement: "MATCH (p:Entity {type: 'person'})-[r:LEADS]->(s:Entity {type: 'state'})\nRETURN p, r, s ORDER BY p.articles DESC LIMIT 40" },
];

function kept(): Example[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? (found as Example[]).filter((one) => typeof one?.name === "string" && typeof one.statement === "string") : [];
  } catch { return []; }
}

export class Examples {
  readonly element = h("aside", { class: "examples", "aria-label": "Examples" });
  readonly #name = h("input", { id: "keep-as", placeholder: "Name", maxlength: 80, "aria-label": "Keep the statement as" });
  readonly first = GIVEN[0] as Example;

  constructor(private readonly use: (statement: string, parameters: string) => void, private readonly now: () => { statement: string; parameters: string }) { this.#show(); }

  #show(): void {
    const own = kept();
    const item = (example: Example, removable: boolean): HTMLElement => h("li", {}, button({ class: "quiet" }, () => this.use(example.statement, example.parameters), example.name),
      removable && button({ class: "remove", "aria-label": `Forget ${example.name}` }, () => this.#keep(own.filter((other) => other.name !== example.name)), "×"));
    const keep = (event: SubmitEvent): void => {
      event.preventDefault();
      const name = this.#name.value.trim();
      if (name === "") { this.#name.focus(); return; }
      this.#keep([...own.filter((other) => other.name !== name), { name, ...this.now() }]);
      this.#name.value = "";
      announce(`${name} kept`);
    };
    fill(this.element, h("h2", {}, "Examples"), h("ul", {}, GIVEN.map((example) => item(example, false))),
      own.length > 0 && [h("h2", {}, "Yours"), h("ul", {}, own.map((example) => item(example, true)))],
      h("form", { onsubmit: keep, class: "keep" }, this.#name, h("button", {}, "Keep this one")));
  }

  #keep(all: readonly Example[]): void {
    try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { announce("This browser keeps nothing."); }
    this.#show();
  }
}
