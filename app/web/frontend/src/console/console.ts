// The Cypher console: an editor that knows the schema, parameters, examples, and results as a table and as a graph.
import { fill, h } from "../shared/dom";
import { typeName } from "../shared/entity-types";
import { count } from "../shared/format";
import type { CypherAnswer } from "../shared/types";
import { listen } from "../graph/input";
import { GraphView } from "../graph/view";
import { announce, messageOf } from "../page/announce";
import { apiPath, ask, Failed, isAbort, Latest, post } from "../page/api";
import type { Bar } from "../page/bar";
import { button } from "../page/links";
import { current, type State } from "../page/state";
import { csv, save } from "../page/download";
import { Editor, type Schema } from "./editor";
import { Examples } from "./examples";
import { cell, drawable, plain } from "./values";

const ROWS = 200;
const ENDS = "MATCH (n) WHERE elementId(n) IN $ids RETURN n";

export class Console {
  readonly #editor: Editor;
  readonly #parameters = h("textarea", { id: "parameters", rows: 2, spellcheck: "false" });
  readonly #said = h("p", { class: "said", role: "status" });
  readonly #run = button({ class: "main" }, () => void this.#ask(), "Run");
  readonly #cancel = button({ hidden: true }, () => this.#asked.stop(), "Cancel");
  readonly #results = h("div", { class: "results-table table-holder", tabindex: "0", role: "region", "aria-label": "Rows" });
  readonly #drawing = h("div", { class: "drawing", tabindex: "0", role: "application", "aria-label": "Graph of the rows. Arrow keys walk." });
  readonly #both = h("div", { class: "results-both", hidden: true }, this.#results, this.#drawing);
  readonly #asked = new Latest();
  readonly #examples: Examples;
  #view: GraphView | null = null;
  #schema: Schema | null = null;
  #answered: CypherAnswer | null = null;

  constructor(host: HTMLElement, private readonly bar: Bar) {
    const box = h("div", { class: "editor" });
    this.#examples = new Examples((statement, parameters) => { this.#put(statement, parameters); void this.#ask(); }, () => ({ statement: this.#editor.text, parameters: this.#parameters.value }));
    fill(host, h("div", { class: "console" },
      h("div", { class: "asking" }, box, h("label", { for: "parameters" }, "Parameters, as JSON"), this.#parameters,
        h("p", { class: "actions" }, this.#run, this.#cancel, h("span", { class: "soft small" }, "Ctrl Enter runs, Ctrl Space completes")), this.#said),
      this.#examples.element), this.#both);
    this.#editor = new Editor(box, () => void this.#ask(), () => this.#schema);
    void ask<Schema>("cypher/schema").then((schema) => { this.#schema = schema; }).catch(() => { /* words of the language are completed all the same */ });
  }

  recolour(): void { this.#view?.recolour(); }

  show(state: State): void {
    const first = this.#examples.first;
    const statement = state.statement ?? (this.#editor.text || first.statement);
    const asked = state.statement !== null && (statement !== this.#editor.text || this.#answered === null);
    this.#put(statement, state.parameters ?? (state.statement === null ? this.#parameters.value || first.parameters : ""));
    this.#offer();
    if (asked) void this.#ask();
  }

  #put(statement: string, parameters: string): void {
    this.#editor.text = statement;
    this.#parameters.value = parameters;
  }

  #read(): Record<string, unknown> | null {
    const text = this.#parameters.value.trim();
    if (text === "") return {};
    try {
      const read: unknown = JSON.parse(text);
      if (typeof read === "object" && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
    } catch { /* said below */ }
    this.#say('Parameters are a JSON object, such as {"id": "Q794"}.', true);
    this.#parameters.focus();
    return null;
  }

  async #ask(): Promise<void> {
    const statement = this.#editor.text.trim();
    const parameters = this.#read();
    if (parameters === null) return;
    if (statement === "") { this.#say("Write a statement, or choose an example.", true); return; }
    current.note({ statement, parameters: this.#parameters.value.trim() || null });
    const signal = this.#asked.start();
    this.#busy(true);
    const begin = performance.now();
    try {
      const answer = await post<CypherAnswer>("cypher", { statement, parameters }, signal);
      const took = Math.round(performance.now() - begin);
      this.#answered = answer;
      this.#show(answer);
      const rows = answer.data.values.length;
      this.#say(rows === 0 ? `No row fits, ${took} ms. Loosen a condition.` : `${count(rows, "row")}${answer.truncated ? ", more were cut" : ""}, ${took} ms`, false);
      await this.#draw(answer, signal);
    } catch (error) { this.#failed(error); }
    finally { if (!signal.aborted || this.#run.disabled) this.#busy(false); this.#offer(); }
  }

  #busy(busy: boolean): void {
    this.#run.disabled = busy;
    this.#cancel.hidden = !busy;
    if (busy) this.#say("Running …", false);
  }

  #failed(error: unknown): void {
    if (isAbort(error)) { this.#say("Cancelled.", false); return; }
    this.#say(messageOf(error), true);
    if (error instanceof Failed && error.problem.line !== undefined) this.#editor.point(error.problem.line, error.problem.column ?? 1);
  }

  #say(text: string, wrong: boolean): void {
    this.#said.classList.toggle("trouble", wrong);
    fill(this.#said, text);
  }

  #show({ data }: CypherAnswer): void {
    this.#both.hidden = data.values.length === 0;
    fill(this.#results, h("table", {}, h("caption", { class: "unseen" }, "Rows of the answer"),
      h("thead", {}, h("tr", {}, data.fields.map((field) => h("th", { scope: "col" }, field)))),
      h("tbody", {}, data.values.slice(0, ROWS).map((row) => h("tr", {}, row.map((value) => h("td", { class: typeof value === "number" ? "figure" : null }, cell(value)))))),
      data.values.length > ROWS && h("tfoot", {}, h("tr", {}, h("td", { colspan: data.fields.length, class: "soft" }, `The first ${ROWS}; the export has all.`)))));
  }

  /** Draw what the rows hold; the ends of relationships that came without them are asked for. */
  async #draw({ data }: CypherAnswer, signal: AbortSignal): Promise<void> {
    let found = drawable(data.values);
    if (found.missing.length > 0) {
      const ends = await post<CypherAnswer>("cypher", { statement: ENDS, parameters: { ids: found.missing } }, signal).catch(() => null);
      if (ends !== null) found = drawable(data.values, ends.data.values);
    }
    this.#both.classList.toggle("alone", found.nodes.length === 0);
    this.#drawing.hidden = found.nodes.length === 0;
    if (found.nodes.length === 0) return;
    if (this.#view === null) {
      this.#view = new GraphView(this.#drawing);
      const view = this.#view;
      listen(view, { select: (dot, line) => view.select(dot?.id ?? null, line?.key ?? null), expand: () => undefined, choose: () => undefined,
        visited: (dot) => announce(`${dot.name}, ${typeName(dot.type)}, ${count(dot.lines.length, "tie")}`) });
    }
    this.#view.show(found.nodes, found.ties);
  }

  #offer(): void {
    let parameters: unknown = {};
    try { parameters = JSON.parse(this.#parameters.value || "{}"); } catch { /* the command shows none */ }
    const answer = this.#answered;
    const view = this.#view;
    this.bar.say(answer === null ? "Read-only; /docs says what is allowed." : `${count(answer.data.values.length, "row")}`);
    this.bar.offer({ path: apiPath("cypher"), body: { statement: this.#editor.text, parameters } }, answer === null ? [] : [
      { name: "JSON", save: () => save("rows.json", JSON.stringify(answer, null, 1), "application/json") },
      { name: "CSV", save: () => save("rows.csv", csv(answer.data.fields, answer.data.values.map((row) => row.map(plain))), "text/csv") },
      ...(view === null || view.dots.length === 0 ? [] : [
        { name: "PNG picture", save: async () => save("rows.png", await (await import("../page/download")).png(view)) },
        { name: "SVG picture", save: async () => save("rows.svg", (await import("../page/download")).svg(view), "image/svg+xml") },
      ]),
    ]);
  }
}
