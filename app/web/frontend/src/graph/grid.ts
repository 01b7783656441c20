// What lies under the pointer: dots in squares of a grid, so that a look touches a few of thousands.
import type { Dot, Line } from "./model";

const SQUARE = 64;

export class Grid {
  readonly #squares = new Map<string, Dot[]>();
  #largest = 0;

  constructor(dots: readonly Dot[]) {
    for (const dot of dots) {
      this.#largest = Math.max(this.#largest, dot.radius);
      const name = `${Math.floor(dot.x / SQUARE)},${Math.floor(dot.y / SQUARE)}`;
      const square = this.#squares.get(name);
      if (square === undefined) this.#squares.set(name, [dot]);
      else square.push(dot);
    }
  }

  /** The dot at a point of the plane, or within `slop` of it. `scale`: drawn radius by `radius`. */
  at(x: number, y: number, scale: number, slop: number): Dot | null {
    const reach = this.#largest * scale + slop;
    let best: Dot | null = null;
    let least = slop;
    for (let column = Math.floor((x - reach) / SQUARE); column <= Math.floor((x + reach) / SQUARE); column++) {
      for (let row = Math.floor((y - reach) / SQUARE); row <= Math.floor((y + reach) / SQUARE); row++) {
        for (const dot of this.#squares.get(`${column},${row}`) ?? []) {
          const distance = Math.hypot(dot.x - x, dot.y - y) - dot.radius * scale;
          if (distance < least) { least = distance; best = dot; }
        }
      }
    }
    return best;
  }
}

/** The line within `slop` of a point of the plane. */
export function lineAt(lines: readonly Line[], x: number, y: number, slop: number): Line | null {
  let best: Line | null = null;
  let least = slop;
  for (const line of lines) {
    const { a, b } = line;
    if (Math.min(a.x, b.x) - slop > x || Math.max(a.x, b.x) + slop < x || Math.min(a.y, b.y) - slop > y || Math.max(a.y, b.y) + slop < y) continue;
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    // Of lines that are equally near the one that is easier to see.
    const distance = Math.hypot(a.x + along * dx - x, a.y + along * dy - y) - line.width * 0.3;
    if (distance < least) { least = distance; best = line; }
  }
  return best;
}
