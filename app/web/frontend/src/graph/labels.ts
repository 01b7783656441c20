// Where names stand: never on each other, never cut at the edge, and never on another's dot where there is a choice.
import type { Box } from "./camera";
import type { Dot } from "./model";

/** A name and where its middle stands. */
export interface Label { dot: Dot; text: string; x: number; y: number; bold: boolean; size: number }
interface Placed { x: number; y: number; r: number; dot: Dot }

const LONGEST_LABEL = 30; // where there is no room for more
const LONGEST_WITH_ROOM = 48;
const SQUARE = 48;
const EDGE = 4;
const GAP = 3;

/** A name of at most so many letters; the whole of it stands at the right and in the table. */
function shortened(name: string, most: number): string {
  const letters = Array.from(name);
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}

/** Boxes that are taken, found by squares of a grid. */
class Taken {
  readonly #squares = new Map<number, (Box & { dot: Dot | null })[]>();

  add(box: Box, dot: Dot | null): void {
    const owned = { ...box, dot };
    this.#visit(box, (name) => {
      const square = this.#squares.get(name);
      if (square === undefined) this.#squares.set(name, [owned]);
      else square.push(owned);
      return true;
    });
  }

  /** Whether nothing else stands there; `over`: other dots may. */
  isFree(box: Box, owner: Dot, over: boolean): boolean {
    return this.#visit(box, (name) =>
      !(this.#squares.get(name) ?? []).some((other) => other.dot !== owner && !(over && other.dot !== null) &&
        other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top));
  }

  #visit(box: Box, look: (name: number) => boolean): boolean {
    for (let column = Math.floor(box.left / SQUARE); column <= Math.floor(box.right / SQUARE); column++) {
      for (let row = Math.floor(box.top / SQUARE); row <= Math.floor(box.bottom / SQUARE); row++) {
        if (!look(column * 4096 + row)) return false;
      }
    }
    return true;
  }
}

/** Boxes beside a dot, the best first; wider rings for those that must be named. */
function* beside(at: Placed, width: number, height: number, rings: number): Generator<Box> {
  for (let ring = 0; ring < rings; ring++) {
    const r = at.r + GAP + ring * (height + 2);
    const box = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height });
    yield box(at.x - width / 2, at.y + r);
    yield box(at.x + r, at.y - height / 2);
    yield box(at.x - width / 2, at.y - r - height);
    yield box(at.x - r - width, at.y - height / 2);
    yield box(at.x + r * 0.7, at.y + r * 0.7 - 2);
    yield box(at.x - r * 0.7 - width, at.y + r * 0.7 - 2);
    yield box(at.x + r * 0.7, at.y - r * 0.7 - height + 2);
    yield box(at.x - r * 0.7 - width, at.y - r * 0.7 - height + 2);
  }
}

export interface Room { width: number; height: number }
export type Measure = (text: string, size: number, bold: boolean) => number;

/**
 * Labels for dots, the most important first. `must` are named even where room has to be looked for farther away;
 * `most` others are named at most. `blocked` are boxes of other things, such as badges.
 */
export function placeLabels(
  ranked: readonly Placed[], must: ReadonlySet<Dot>, obstacles: readonly Placed[], blocked: readonly Box[],
  room: Room, measure: Measure, most: number,
): Label[] {
  const taken = new Taken();
  for (const { x, y, r, dot } of obstacles) taken.add({ left: x - r, top: y - r, right: x + r, bottom: y + r }, dot);
  for (const { left, top, right, bottom } of blocked) taken.add({ left: left - GAP, top: top - GAP, right: right + GAP, bottom: bottom + GAP }, null);
  const found: Label[] = [];
  for (const at of ranked) {
    const needed = must.has(at.dot);
    if (!needed && found.length >= most) break;
    const bold = at.dot.chosen === true || needed;
    const size = at.dot.chosen === true ? 14 : needed || at.r > 11 ? 13 : 12;
    const height = size + 4;
    const short = shortened(at.dot.name, LONGEST_LABEL);
    for (const text of new Set([shortened(at.dot.name, LONGEST_WITH_ROOM), short])) {
      const width = measure(text, size, bold) + 4;
      const inside = (box: Box): boolean => box.left >= EDGE && box.top >= EDGE && box.right <= room.width - EDGE && box.bottom <= room.height - EDGE;
      const look = (rings: number, over: boolean): Box | undefined => {
        for (const box of beside(at, width, height, rings)) if (inside(box) && taken.isFree(box, at.dot, over)) return box;
        return undefined;
      };
      // What must be named stands rather on another dot than far from its own.
      const box = look(at.r > 10 ? 2 : 1, false) ?? (needed && text === short ? look(2, true) ?? look(6, true) : undefined);
      if (box === undefined) continue;
      taken.add(box, null);
      found.push({ dot: at.dot, text, bold, size, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
      break;
    }
  }
  return found;
}
export type { Placed };
