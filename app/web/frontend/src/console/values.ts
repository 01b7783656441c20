// What Cypher answers with, as cells of a table and as a graph.
import { glyph, h, name, type Child } from "../shared/dom";
import { isEntityType, typeName } from "../shared/entity-types";
import { fresh } from "../page/links";
import type { GivenNode, GivenTie } from "../graph/model";

interface Node { elementId: string; labels: string[]; properties: Record<string, unknown> }
interface Relationship { elementId: string; type: string; startNodeElementId: string; endNodeElementId: string; properties: Record<string, unknown> }
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
export const isNode = (value: unknown): value is Node & Record<string, unknown> => isObject(value) && Array.isArray(value["labels"]) && "elementId" in value;
export const isRelationship = (value: unknown): value is Relationship & Record<string, unknown> => isObject(value) && "startNodeElementId" in value;

const LONGEST = 160;
const text = (value: unknown): string => (typeof value === "string" ? value : String(value));
const nameOf = (node: Node): string => text(node.properties["name"] ?? node.properties["title"] ?? node.properties["id"] ?? node.labels.join(" "));
const typeOf = (node: Node): string => {
  const type = text(node.properties["type"] ?? "");
  return isEntityType(type) ? type : node.labels.includes("Article") ? "article" : "other";
};
const shortened = (value: string): string => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);

/** A value as a cell. */
export function cell(value: unknown): Child {
  if (value === null) return h("span", { class: "soft" }, "null");
  if (isNode(value)) return nodeCell(value);
  if (isRelationship(value)) return h("code", {}, `[:${value.type}]`, h("span", { class: "soft" }, ` ${shortened(brief(value.properties))}`));
  if (Array.isArray(value) && value.some((item) => isNode(item) || isRelationship(item))) return value.map((item) => [cell(item), " "]);
  if (typeof value === "object") return h("code", {}, shortened(JSON.stringify(value)));
  return typeof value === "string" ? name(shortened(value)) : h("code", {}, text(value));
}

function nodeCell(node: Node): Child {
  const id = node.properties["id"];
  const called = name(shortened(nameOf(node)));
  const change = node.labels.includes("Article") ? { article: String(id) } : { about: String(id) };
  return [glyph(typeOf(node)), " ", typeof id === "string" ? fresh(change, { title: typeName(typeOf(node)) }, called) : called];
}

const brief = (properties: Record<string, unknown>): string =>
  Object.entries(properties).filter(([, value]) => typeof value !== "object")
    .sort(([, a], [, b]) => Number(typeof b === "number") - Number(typeof a === "number")).map(([key, value]) => `${key}: ${text(value)}`).join(", ");

/** A value as it is written into a CSV field. */
export const plain = (value: unknown): unknown => (isNode(value) ? nameOf(value) : typeof value === "object" && value !== null ? JSON.stringify(value) : value);

export interface Drawable { nodes: GivenNode[]; ties: GivenTie[]; missing: string[] }

/** The nodes and relationships that stand anywhere in the rows; `missing`: ids of ends that did not come along. */
export function drawable(rows: readonly (readonly unknown[])[], ends: readonly unknown[] = []): Drawable {
  const nodes = new Map<string, Node>();
  const relationships = new Map<string, Relationship>();
  const collect = (value: unknown): void => {
    if (isNode(value)) nodes.set(value.elementId, value);
    else if (isRelationship(value)) relationships.set(value.elementId, value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (isObject(value)) Object.values(value).forEach(collect);
  };
  rows.forEach(collect);
  ends.forEach(collect);
  const wanted = [...relationships.values()].flatMap((one) => [one.startNodeElementId, one.endNodeElementId]);
  const number = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
  return {
    nodes: [...nodes.values()].map((node) => ({ id: node.elementId, name: nameOf(node), type: typeOf(node), articles: number(node.properties["articles"], 1) })),
    ties: [...relationships.values()].map((one) => ({ key: one.elementId, source: one.startNodeElementId, target: one.endNodeElementId, articles: number(one.properties["articles"] ?? one.properties["count"], 1) })),
    missing: [...new Set(wanted)].filter((id) => !nodes.has(id)),
  };
}
