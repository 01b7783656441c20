// The picture as tables: the accessible twin of the drawing, and the quicker one for whoever knows what to look for.
import { fill, glyph, h, name, type Child } from "../shared/dom";
import { typeName } from "../shared/entity-types";
import { number } from "../shared/format";
import { seen } from "./evidence";
import { button, link } from "./links";
import { tiesOf, type Scene, type SceneNode, type SceneTie } from "./scene";

const ROWS = 300;

interface Column<Row> {
  key: string;
  title: string;
  numeric?: boolean;
  value: (row: Row) => string | number;
  cell: (row: Row) => Child;
}
type Which = "entities" | "ties";

export class Table {
  #which: Which = "entities";
  #sort: Record<Which, { key: string; down: boolean }> = { entities: { key: "articles", down: true }, ties: { key: "articles", down: true } };
  #scene: Scene | null = null;

  constructor(private readonly host: HTMLElement) {}

  show(scene: Scene): void {
    this.#scene = scene;
    const which = (value: Which, text: string): HTMLElement =>
      button({ "aria-pressed": String(this.#which === value) }, () => { this.#which = value; this.show(scene); this.host.querySelector<HTMLElement>("[aria-pressed=true]")?.focus(); }, text);
    fill(this.host, h("div", { class: "segments", role: "group", "aria-label": "What the table lists" },
      which("entities", `Entities (${number(scene.nodes.length)})`), which("ties", `Ties (${number(scene.ties.length)})`)),
      this.#which === "entities" ? this.#table("Entities of the picture", scene.nodes, entityColumns(scene)) : this.#table("Ties of the picture", scene.ties, tieColumns(scene)));
  }

  #table<Row>(caption: string, rows: readonly Row[], columns: readonly Column<Row>[]): HTMLElement {
    const { key, down } = this.#sort[this.#which];
    const by = columns.find((column) => column.key === key) as Column<Row>;
    const sorted = [...rows].sort((a, b) => compare(by.value(a), by.value(b)) * (down ? -1 : 1));
    return h("div", { class: "table-holder", tabindex: "0", role: "region", "aria-label": caption }, h("table", {},
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, h("tr", {}, columns.map((column) => this.#heading(column)))),
      h("tbody", {}, sorted.slice(0, ROWS).map((row) => h("tr", {}, columns.map((column, i) =>
        i === 0 ? h("th", { scope: "row" }, column.cell(row)) : h("td", { class: column.numeric === true ? "figure" : null }, column.cell(row)))))),
      sorted.length > ROWS && h("tfoot", {}, h("tr", {}, h("td", { colspan: columns.length, class: "soft" }, `The first ${ROWS} of ${number(sorted.length)}; the export has all.`)))));
  }

  #heading<Row>(column: Column<Row>): HTMLElement {
    const { key, down } = this.#sort[this.#which];
    const here = column.key === key;
    const sort = (): void => {
      this.#sort[this.#which] = { key: column.key, down: here ? !down : column.numeric === true };
      if (this.#scene !== null) this.show(this.#scene);
      this.host.querySelector<HTMLElement>("th[aria-sort] button")?.focus();
    };
    return h("th", { scope: "col", class: column.numeric === true ? "figure" : null, "aria-sort": here ? (down ? "descending" : "ascending") : null },
      button({}, sort, column.title, h("span", { class: "arrow", "aria-hidden": "true" }, here ? (down ? "▼" : "▲") : "")));
  }
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");

function entityColumns(scene: Scene): Column<SceneNode>[] {
  const ties = new Map(scene.nodes.map((node) => [node.id, tiesOf(scene, node.id)]));
  const of = (node: SceneNode): ReturnType<typeof tiesOf> => ties.get(node.id) ?? [];
  return [
    { key: "name", title: "Entity", value: (node) => node.name, cell: (node) => link({ select: node.id }, {}, name(node.name)) },
    { key: "type", title: "Type", value: (node) => node.type, cell: (node) => h("span", { class: "type-cell" }, glyph(node.type), " ", typeName(node.type)) },
    { key: "articles", title: "Articles", numeric: true, value: (node) => node.articles, cell: (node) => number(node.articles) },
    { key: "ties", title: "Ties shown", numeric: true, value: (node) => of(node).length, cell: (node) => number(of(node).length) },
    { key: "strongest", title: "Strongest tie", value: (node) => of(node)[0]?.other.name ?? "",
      cell: (node) => { const first = of(node)[0]; return first !== undefined && link({ select: first.tie.key }, {}, name(first.other.name), ` (${number(first.tie.articles)})`); } },
  ];
}

function tieColumns(scene: Scene): Column<SceneTie>[] {
  const called = (id: string): string => scene.byId.get(id)?.name ?? id;
  return [
    { key: "tie", title: "Tie", value: (tie) => called(tie.source), cell: (tie) => link({ select: tie.key }, {}, name(called(tie.source)), " – ", name(called(tie.target))) },
    { key: "articles", title: "Articles", numeric: true, value: (tie) => tie.articles, cell: (tie) => number(tie.articles) },
    { key: "sentences", title: "Sentences", numeric: true, value: (tie) => tie.sentences, cell: (tie) => number(tie.sentences) },
    { key: "npmi", title: "NPMI", numeric: true, value: (tie) => tie.npmi, cell: (tie) => tie.npmi.toFixed(2) },
    { key: "alpha", title: "α", numeric: true, value: (tie) => tie.alpha ?? 1, cell: (tie) => (tie.alpha === undefined ? "" : tie.alpha.toPrecision(2)) },
    { key: "seen", title: "Seen", value: (tie) => tie.last_seen ?? "", cell: (tie) => seen(tie.first_seen, tie.last_seen) },
  ];
}
