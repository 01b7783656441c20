// Files out of what is seen, made in the browser.
import { outline } from "../shared/entity-types";
import { s } from "../shared/dom";
import { fitting, sizeAt, toScreen } from "../graph/camera";
import { colourOf, type Colours } from "../graph/colours";
import { WIDTHS } from "../graph/model";
import { labelsOf, paint, type Look } from "../graph/paint";
import type { GraphView } from "../graph/view";
import type { Scene } from "./scene";

const WITHOUT_SCREEN = { width: 1200, height: 800 }; // the room of a picture that is exported from the table

/** Hand a file to the reader. */
export function save(file: string, content: Blob | string, type = "application/octet-stream"): void {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = file;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What is seen, or all of it fitted where the drawing itself is not. */
function lookOf(view: GraphView): Look {
  const look = { ...view.look(), moving: false, cursor: null };
  return view.host.offsetWidth > 0 ? look
    : { ...look, room: WITHOUT_SCREEN, camera: fitting(view.dots, WITHOUT_SCREEN.width, WITHOUT_SCREEN.height) };
}

function canvasOf(look: Look, scale: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(look.room.width * scale);
  canvas.height = Math.round(look.room.height * scale);
  const context = canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = look.colours.paper;
  context.fillRect(0, 0, look.room.width, look.room.height);
  return [canvas, context];
}

/** The picture, twice as fine as the screen. */
export async function png(view: GraphView): Promise<Blob> {
  const look = lookOf(view);
  const [canvas, context] = canvasOf(look, 2);
  paint(context, view.picture(), look);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error("the picture is too large")) : resolve(blob)), "image/png"));
}

/** The picture as shapes that other programs can change. */
export function svg(view: GraphView): string {
  const look = lookOf(view);
  const { camera, room, colours } = look;
  const scale = sizeAt(camera.k);
  const [, measure] = canvasOf({ ...look, room: { width: 1, height: 1 } }, 1);
  const placed = view.dots.map((dot) => ({ dot, ...toScreen(camera, dot), r: dot.radius * scale }));
  const labels = labelsOf(measure, view.picture(), placed, look, null, []);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const drawing = s("svg", { viewBox: `0 0 ${round(room.width)} ${round(room.height)}`, width: round(room.width), height: round(room.height), "font-family": "sans-serif" },
    s("rect", { width: "100%", height: "100%", fill: colours.paper }),
    s("g", { stroke: colours.tie }, view.lines.map((line) => {
      const [a, b] = [toScreen(camera, line.a), toScreen(camera, line.b)];
      return s("line", { x1: round(a.x), y1: round(a.y), x2: round(b.x), y2: round(b.y), "stroke-width": WIDTHS[line.width], "stroke-opacity": line.near ? 0.7 : 0.25 });
    })),
    s("g", { stroke: colours.paper, "stroke-width": 1.2 }, placed.map(({ dot, x, y, r }) =>
      s("path", { d: outline(dot.type, x, y, r), fill: colourOf(colours, dot.type) }, s("title", {}, printable(dot.name))))),
    s("g", { fill: colours.ink, stroke: colours.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke", "text-anchor": "middle", "dominant-baseline": "central" },
      labels.map((label) => s("text", { x: round(label.x), y: round(label.y), "font-size": label.size, "font-weight": label.bold ? 600 : 400 }, printable(label.text)))));
  drawing.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(drawing);
}

const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Text without the characters that XML has no way to write. */
const printable = (text: string): string => text.replace(NOT_XML, "\ufffd");

const GEXF = "http://gexf.net/1.3";
const VIZ = "http://gexf.net/1.3/viz";
const NODE_FIELDS = [["type", "string"], ["articles", "integer"], ["wikidata_id", "string"], ["chosen", "boolean"]] as const;
const TIE_FIELDS = [["sentences", "integer"], ["npmi", "double"], ["llr", "double"], ["jaccard", "double"], ["alpha", "double"], ["first_seen", "string"], ["last_seen", "string"]] as const;

/** The graph with places, colours and sizes, as Gephi reads it. https://gexf.net/schema.html */
export function gexf(scene: Scene, view: GraphView, colours: Colours): string {
  const xml = document.implementation.createDocument(GEXF, "gexf");
  const make = (space: string, tag: string, attributes: Record<string, string | number>, ...children: Element[]): Element => {
    const element = xml.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, printable(String(value)));
    element.append(...children);
    return element;
  };
  const fields = (names: readonly (readonly [string, string])[], of: "node" | "edge"): Element =>
    make(GEXF, "attributes", { class: of }, ...names.map(([title, type]) => make(GEXF, "attribute", { id: title, title, type })));
  const values = (names: readonly (readonly [string, string])[], row: object): Element => make(GEXF, "attvalues", {}, ...names.flatMap(([field]) => {
    const value = (row as Record<string, unknown>)[field];
    return value === null || value === undefined ? [] : [make(GEXF, "attvalue", { for: field, value: String(value) })];
  }));
  const nodes = scene.nodes.map((node) => {
    const dot = view.byId.get(node.id);
    const [r = "0", g = "0", b = "0"] = colourOf(colours, node.type).match(/\d+/g) ?? [];
    return make(GEXF, "node", { id: node.id, label: node.name }, values(NODE_FIELDS, node), make(VIZ, "viz:color", { r, g, b }),
      make(VIZ, "viz:position", { x: dot?.x ?? 0, y: -(dot?.y ?? 0), z: 0 }), make(VIZ, "viz:size", { value: dot?.radius ?? 5 }));
  });
  const edges = scene.ties.map((tie, i) => make(GEXF, "edge", { id: i, source: tie.source, target: tie.target, weight: tie.articles }, values(TIE_FIELDS, tie)));
  xml.documentElement.setAttribute("version", "1.3");
  xml.documentElement.append(make(GEXF, "meta", {}, make(GEXF, "creator", {})), make(GEXF, "graph", { defaultedgetype: "undirected" },
    fields(NODE_FIELDS, "node"), fields(TIE_FIELDS, "edge"), make(GEXF, "nodes", {}, ...nodes), make(GEXF, "edges", {}, ...edges)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}`;
}

/** What is seen, in the field names of the API's node-link form, with places. */
export function json(scene: Scene, view: GraphView): string {
  const nodes = scene.nodes.map((node) => ({ ...node, x: view.byId.get(node.id)?.x ?? null, y: view.byId.get(node.id)?.y ?? null }));
  const edges = scene.ties.map(({ key: _key, ...tie }) => tie);
  return JSON.stringify({ directed: false, multigraph: false, graph: { shown: scene.shown, total: scene.total }, nodes, edges }, null, 1);
}

/** A field of a table; one that a spreadsheet would take for a formula is kept from being one. */
function field(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csv = (header: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  `\ufeff${[header, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

export function entitiesCsv(scene: Scene): string {
  const header = ["id", "name", "type", "wikidata_id", "articles", "chosen"] as const;
  return csv(header, scene.nodes.map((node) => header.map((name) => node[name])));
}

export function tiesCsv(scene: Scene): string {
  const header = ["source", "source_name", "target", "target_name", "articles", "sentences", "npmi", "llr", "jaccard", "alpha", "first_seen", "last_seen"];
  return csv(header, scene.ties.map((tie) => [tie.source, scene.byId.get(tie.source)?.name, tie.target, scene.byId.get(tie.target)?.name,
    tie.articles, tie.sentences, tie.npmi, tie.llr, tie.jaccard, tie.alpha, tie.first_seen, tie.last_seen]));
}
