// What each type of entity is called, and the shape that tells it apart without its colour.

export const ENTITY_TYPES = [
  "person", "state", "place", "organization", "armed_group", "party", "agreement", "weapon", "event", "community",
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];
/** What a node can be: the Cypher console draws articles too. */
export type NodeType = EntityType | "article";

interface Words { one: string; many: string }
const WORDS: Record<NodeType, Words> = {
  person: { one: "person", many: "People" },
  state: { one: "state", many: "States" },
  place: { one: "place", many: "Places" },
  organization: { one: "organisation", many: "Organisations" },
  armed_group: { one: "armed group", many: "Armed groups" },
  party: { one: "party", many: "Parties" },
  agreement: { one: "agreement", many: "Agreements" },
  weapon: { one: "weapon", many: "Weapons" },
  event: { one: "event", many: "Events" },
  community: { one: "community", many: "Communities" },
  article: { one: "article", many: "Articles" },
};

export const isNodeType = (text: string): text is NodeType => Object.hasOwn(WORDS, text);
export const isEntityType = (text: string): text is EntityType => text !== "article" && isNodeType(text);
export const typeName = (type: string): string => (isNodeType(type) ? WORDS[type].one : type.replaceAll("_", " "));
export const typePlural = (type: EntityType): string => WORDS[type].many;

/** Corners in units of the radius, all of about the same area as the circle of radius 1. Null: a circle. */
type Corners = readonly (readonly [number, number])[];

function regular(corners: number, radius: number, turn: number): Corners {
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

function star(points: number, outer: number, inner: number): Corners {
  return Array.from({ length: 2 * points }, (_, i) => {
    const angle = -Math.PI / 2 + (i * Math.PI) / points;
    const radius = i % 2 === 0 ? outer : inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

const UP = -Math.PI / 2;
const cross = (arm: number, half: number): Corners => [
  [-half, -arm], [half, -arm], [half, -half], [arm, -half], [arm, half], [half, half],
  [half, arm], [-half, arm], [-half, half], [-arm, half], [-arm, -half], [-half, -half],
];
const CORNERS: Record<NodeType, Corners | null> = {
  person: null,
  state: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  place: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  organization: regular(6, 1.1, UP),
  armed_group: [[0, -1.25], [1.2, 0.9], [-1.2, 0.9]],
  party: regular(5, 1.15, UP),
  agreement: [[-1.2, -0.7], [1.2, -0.7], [1.2, 0.7], [-1.2, 0.7]],
  weapon: [[0, 1.25], [1.2, -0.9], [-1.2, -0.9]],
  event: star(5, 1.4, 0.62),
  community: cross(1.15, 0.48),
  article: [[-0.75, -1], [0.35, -1], [0.75, -0.6], [0.75, 1], [-0.75, 1]],
};
const corners = (type: string): Corners | null => (isNodeType(type) ? CORNERS[type] : null);

/** Add the shape of a type to the path of a canvas. */
export function trace(path: CanvasPath, type: string, x: number, y: number, radius: number): void {
  const shape = corners(type);
  if (shape === null) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  shape.forEach(([dx, dy], i) => {
    if (i === 0) path.moveTo(x + dx * radius, y + dy * radius);
    else path.lineTo(x + dx * radius, y + dy * radius);
  });
  path.closePath();
}

/** The shape of a type as the `d` of an SVG path. */
export function outline(type: string, x: number, y: number, radius: number): string {
  const at = (value: number): string => String(Math.round(value * 100) / 100);
  const shape = corners(type);
  if (shape === null) {
    const r = at(radius);
    return `M${at(x - radius)} ${at(y)}a${r} ${r} 0 1 0 ${at(2 * radius)} 0a${r} ${r} 0 1 0 ${at(-2 * radius)} 0Z`;
  }
  return `M${shape.map(([dx, dy]) => `${at(x + dx * radius)} ${at(y + dy * radius)}`).join("L")}Z`;
}
