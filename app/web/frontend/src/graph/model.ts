// A graph as it is drawn: dots joined by lines.

/** What the view is given. */
export interface GivenNode {
  id: string;
  name: string;
  type: string;
  /** How often it is named; its area grows with it. */
  articles: number;
  chosen?: boolean;
  /** Neighbours that are not in the picture: the badge "+12". */
  more?: number | null;
  /** Drawn lighter: only tags name it, or it is only cited. */
  pale?: boolean;
}
export interface GivenTie { key: string; source: string; target: string; articles: number }

export interface Dot extends GivenNode {
  x: number;
  y: number;
  /** In units of the layout; see Camera.size. */
  radius: number;
  /** Where the reader has put it. */
  fixed: boolean;
  lines: Line[];
}
/** `width` is one of WIDTHS, `near` says that it ends at a chosen entity. */
export interface Line extends GivenTie { a: Dot; b: Dot; width: number; near: boolean }

export const BIG = 400; // more nodes are drawn as a map: small dots, few labels, thin lines

/** Pixels of a line by its class: one path of the canvas each, since many strokes of their own are slow. */
export const WIDTHS = [0.7, 1.1, 1.8, 2.8, 4.2] as const;

const isPlaced = (dot: { x: number }): boolean => !Number.isNaN(dot.x);

/** Dots with the places that earlier ones of the same id had. */
export function dots(nodes: readonly GivenNode[], old: ReadonlyMap<string, Dot>): Dot[] {
  const most = Math.max(1, ...nodes.map((node) => node.articles));
  const [least, grow] = nodes.length > BIG ? [2.5, 9] : [4.5, 15];
  return nodes.map((node) => {
    const before = old.get(node.id);
    const radius = Math.max(node.chosen === true ? 10 : 0, least + grow * Math.sqrt(node.articles / most));
    return { ...node, radius, x: before?.x ?? NaN, y: before?.y ?? NaN, fixed: before?.fixed ?? false, lines: [] };
  });
}

/** Lines between dots; those whose ends are not there are left out. */
export function lines(ties: readonly GivenTie[], byId: ReadonlyMap<string, Dot>): Line[] {
  const most = Math.max(2, ...ties.map((tie) => tie.articles));
  const even = ties.every((tie) => tie.articles === ties[0]?.articles);
  const found: Line[] = [];
  for (const tie of ties) {
    const a = byId.get(tie.source);
    const b = byId.get(tie.target);
    if (a === undefined || b === undefined) continue;
    const share = Math.log(Math.max(1, tie.articles)) / Math.log(most);
    // Where no tie is stronger than another none is faint.
    const width = even ? 1 : Math.min(WIDTHS.length - 1, Math.floor(share * WIDTHS.length));
    const line: Line = { ...tie, a, b, width, near: a.chosen === true || b.chosen === true };
    a.lines.push(line);
    b.lines.push(line);
    found.push(line);
  }
  return found;
}

/** Give dots without a place one near those they are tied to; false where there is none to go by. */
export function placeNearTies(all: readonly Dot[]): boolean {
  if (!all.some(isPlaced)) return false;
  let turn = 0;
  for (const dot of all) {
    if (isPlaced(dot)) continue;
    const near = dot.lines.map((line) => (line.a === dot ? line.b : line.a)).find(isPlaced) ?? (all.find(isPlaced) as Dot);
    const angle = 2.4 * turn++; // the golden angle: no two on top of each other
    dot.x = near.x + (near.radius + 24) * Math.cos(angle);
    dot.y = near.y + (near.radius + 24) * Math.sin(angle);
  }
  return true;
}
