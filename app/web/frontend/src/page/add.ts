// Adding articles: pasted into a form, or dropped as files; what becomes of each is told.
import { fill, h, name, type Child } from "../shared/dom";
import { count } from "../shared/format";
import type { StoreResult } from "../shared/types";
import { announce, messageOf } from "./announce";
import { Failed, key, post } from "./api";
import { fromText, readFile, type ArticleRecord } from "./files";
import { button, fresh } from "./links";

const BATCH = 10; // articles in one request: progress is told after each
const FIELDS = [
  { id: "title", label: "Title", type: "text" }, { id: "publisher", label: "Publisher", type: "text" },
  { id: "published_at", label: "Date", type: "text", placeholder: "2025-05-02" }, { id: "url", label: "Address", type: "url", placeholder: "https://…" },
] as const;
const OUTCOMES: Record<StoreResult["outcome"], string> = { new: "new", changed: "replaced", same: "already there", failed: "failed" };

interface Sent { title: string; record: ArticleRecord }

export class Add {
  readonly #text = h("textarea", { id: "add-text", rows: 10, placeholder: "Paste the article. Without a title of its own, the first line is taken for it." });
  readonly #inputs = new Map(FIELDS.map((field) => [field.id, h("input", { id: `add-${field.id}`, type: field.type, placeholder: "placeholder" in field ? field.placeholder : null })]));
  readonly #files = h("input", { type: "file", multiple: true, id: "add-files", accept: ".json,.jsonl,.ndjson,.md,.markdown,.html,.htm,.txt" });
  readonly #progress = h("progress", { max: 1, value: 0, hidden: true, "aria-label": "Articles stored" });
  readonly #said = h("p", { class: "said" });
  readonly #keyBox = h("form", { class: "key-box", hidden: true });
  readonly #results = h("ol", { class: "results" });
  #waiting: Sent[] = [];
  #busy = false;

  constructor(host: HTMLElement) {
    const drop = h("label", { class: "drop", for: "add-files" }, h("b", {}, "Drop files here"), h("span", { class: "soft" }, "or choose some: JSON, JSON lines, Markdown, saved pages, plain text"), this.#files);
    const form = h("form", { class: "paste", onsubmit: (event: SubmitEvent) => { event.preventDefault(); this.#paste(); } },
      h("label", { for: "add-text" }, "Text"), this.#text,
      h("div", { class: "fields" }, FIELDS.map((field) => h("p", {}, h("label", { for: `add-${field.id}` }, field.label), this.#inputs.get(field.id)))),
      h("p", {}, h("button", { class: "main" }, "Add the article")));
    this.#files.addEventListener("change", () => { void this.#take([...(this.#files.files ?? [])]); this.#files.value = ""; });
    for (const kind of ["dragover", "dragleave", "drop"] as const) {
      host.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragover");
        if (kind === "drop") void this.#take([...(event.dataTransfer?.files ?? [])]);
      });
    }
    fill(host, h("h2", {}, "Add articles"), h("p", { class: "lead" }, "The people, states, places and agreements in them are found at once, and stand in the graph when the line below says so."),
      h("div", { class: "add-columns" }, form, h("div", {}, drop, this.#keyBox, this.#progress, this.#said, this.#results)));
    this.#askForKey();
  }

  #paste(): void {
    const text = this.#text.value.trim();
    const given = Object.fromEntries([...this.#inputs].map(([id, input]) => [id, input.value.trim()]).filter(([, value]) => value !== ""));
    if (text === "" && given["title"] === undefined) { this.#say("Paste a text, or give a title, first."); this.#text.focus(); return; }
    const record = given["title"] === undefined ? { ...fromText(text), ...given } : { ...given, text };
    void this.#send([{ title: String(record["title"] ?? "Pasted text"), record }]).then((stored) => {
      if (!stored) return;
      this.#text.value = "";
      for (const input of this.#inputs.values()) input.value = "";
    });
  }

  async #take(files: readonly File[]): Promise<void> {
    const found: Sent[] = [];
    for (const file of files) {
      try {
        const records = await readFile(file);
        if (records.length === 0) throw new Error("holds no article");
        found.push(...records.map((record) => ({ title: String(record["title"] ?? record["id"] ?? file.name), record })));
      } catch (error) { this.#result(file.name, "failed", error instanceof SyntaxError ? "is no JSON" : messageOf(error)); }
    }
    if (found.length > 0) await this.#send(found);
  }

  /** Send articles in batches; where the key is missing, those left wait for it. True when all were sent. */
  async #send(articles: readonly Sent[]): Promise<boolean> {
    if (this.#busy) { this.#waiting.push(...articles); return true; }
    this.#busy = true;
    this.#progress.hidden = false;
    this.#progress.max = articles.length;
    try {
      for (let done = 0; done < articles.length; done += BATCH) {
        this.#progress.value = done;
        this.#say(`Storing ${done + 1} to ${Math.min(done + BATCH, articles.length)} of ${articles.length} …`, false);
        if (!(await this.#batch(articles.slice(done, done + BATCH)))) { this.#waiting = articles.slice(done); return false; }
      }
      this.#progress.value = articles.length;
      this.#say(`${count(articles.length, "article")} done.`);
    } finally { this.#busy = false; }
    const next = this.#waiting.splice(0);
    return next.length === 0 || this.#send(next);
  }

  async #batch(articles: readonly Sent[]): Promise<boolean> {
    try {
      const { results } = await post<{ results: StoreResult[] }>("articles", articles.map(({ record }) => record));
      results.forEach((result, i) => this.#stored(articles[i]?.title ?? "", result));
      return true;
    } catch (error) {
      if (error instanceof Failed && error.problem.code === "key_needed") { this.#needKey(); return false; }
      for (const { title } of articles) this.#result(title, "failed", messageOf(error));
      if (error instanceof Failed && error.problem.code === "bad_article") return true;
      this.#say(messageOf(error));
      return !(error instanceof Failed && error.problem.status === 403);
    }
  }

  #stored(title: string, result: StoreResult): void {
    const called = result.id === null ? name(title) : fresh({ article: result.id }, {}, name(title));
    const detail = result.outcome === "failed" ? result.reason ?? "" : count(result.entities.length, "entity", "entities");
    this.#result(called, result.outcome, detail);
  }

  #result(called: Child, outcome: StoreResult["outcome"], detail: string): void {
    this.#results.prepend(h("li", { class: outcome }, h("span", { class: "outcome" }, OUTCOMES[outcome]), h("span", {}, called), h("span", { class: "soft small" }, detail)));
  }

  #needKey(): void {
    key.forget();
    this.#keyBox.hidden = false;
    this.#say("This service takes articles from the holder of its key alone.");
    this.#keyBox.querySelector("input")?.focus();
  }

  /** The key stays in this tab and is forgotten with it. */
  #askForKey(): void {
    const input = h("input", { id: "add-key", type: "password", autocomplete: "off", required: true });
    this.#keyBox.addEventListener("submit", (event) => {
      event.preventDefault();
      key.set(input.value.trim());
      input.value = "";
      this.#keyBox.hidden = true;
      void this.#send(this.#waiting.splice(0));
    });
    fill(this.#keyBox, h("label", { for: "add-key" }, "Key of this service (EIG_API_KEY); kept until this tab is closed"), h("div", {}, input, h("button", { class: "main" }, "Go on")),
      button({ class: "quiet small" }, () => { this.#waiting = []; this.#keyBox.hidden = true; this.#say("Nothing was stored."); }, "Leave it"));
  }

  #say(text: string, aloud = true): void { fill(this.#said, text); if (aloud) announce(text); }
}
