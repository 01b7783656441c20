// Puts a graph onto a canvas: lines, dots, rings, badges, names.
import { trace } from "../shared/entity-types";
import { sizeAt, toScreen, type Box, type Camera } from "./camera";
import { colourOf, type Colours } from "./colours";
import { placeLabels, type Label, type Placed, type Room } from "./labels";
import { BIG, WIDTHS, type Dot, type Line } from "./model";

export interface Look {
  camera: Camera;
  room: Room;
  colours: Colours;
  /** What the reader looks at; the rest steps back. */
  dot: Dot | null;
  line: Line | null;
  /** Where the keyboard is. */
  cursor: Dot | null;
  /** Something moves: what is costly and fine is left out of big graphs. */
  moving: boolean;
  /** Kept clear of names. */
  corner: { width: number; height: number };
  /** Drawn by itself on top, while it is dragged. */
  without: Dot | null;
}
export interface Picture { dots: readonly Dot[]; lines: readonly Line[]; ranked: readonly Dot[] }
export interface Badge { dot: Dot; box: Box; text: string }

const SANS = 'system-ui, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const font = (size: number, bold: boolean): string => `${bold ? 600 : 400} ${size}px ${SANS}`;
const widths = new Map<string, number>();

/** How wide a text is; measured once. */
export function textWidth(context: CanvasRenderingContext2D, text: string, size: number, bold: boolean): number {
  const name = `${size}${bold ? "b" : "n"}${text}`;
  const known = widths.get(name);
  if (known !== undefined) return known;
  context.font = font(size, bold);
  const width = context.measureText(text).width;
  if (widths.size > 20_000) widths.clear();
  widths.set(name, width);
  return width;
}

/** Dots that belong to what the reader looks at; null where nothing steps back. */
export function lit(look: Look): Set<Dot> | null {
  if (look.line !== null) return new Set([look.line.a, look.line.b]);
  if (look.dot === null) return null;
  return new Set([look.dot, ...look.dot.lines.flatMap((line) => [line.a, line.b])]);
}

/** Everything; gives where the badges are. */
export function paint(context: CanvasRenderingContext2D, picture: Picture, look: Look): Badge[] {
  const bright = lit(look);
  paintLines(context, picture, look, bright !== null);
  paintBrightLines(context, look);
  const seen = visible(picture.dots, look);
  paintDots(context, seen, look, bright, picture.dots.length > BIG);
  paintRings(context, seen, look);
  const badges = badgesOf(context, seen, look);
  for (const label of labelsOf(context, picture, seen, look, bright, badges)) paintLabel(context, label, look, bright);
  for (const badge of badges) paintBadge(context, badge, look);
  return badges;
}

/** The dots that are in sight, with their places on the screen. */
export function visible(dots: readonly Dot[], look: Look): Placed[] {
  const scale = sizeAt(look.camera.k);
  const found: Placed[] = [];
  for (const dot of dots) {
    if (dot === look.without) continue;
    const { x, y } = toScreen(look.camera, dot);
    const r = dot.radius * scale;
    if (x > -r && y > -r && x < look.room.width + r && y < look.room.height + r) found.push({ x, y, r, dot });
  }
  return found;
}

/** Faint where many cross, so that what ends at a chosen entity stands out. */
function opacity(width: number, near: boolean, crowd: number): number {
  if (near) return [0.4, 0.5, 0.6, 0.7, 0.8][width] as number;
  return Math.min(0.55, ([0.1, 0.2, 0.34, 0.46, 0.55][width] as number) * crowd);
}

function paintLines(context: CanvasRenderingContext2D, picture: Picture, look: Look, dim: boolean): void {
  const { camera, room, colours } = look;
  const many = picture.lines.length > 4000;
  const crowd = Math.min(6, Math.max(0.7, 500 / Math.max(1, picture.lines.length)));
  context.strokeStyle = colours.tie;
  const scale = many ? 0.6 : Math.min(1.3, Math.max(0.6, sizeAt(camera.k)));
  for (let width = 0; width < WIDTHS.length; width++) {
    if (many && look.moving && width === 0) continue;
    for (const near of [false, true]) {
      context.beginPath();
      for (const line of picture.lines) {
        if (line.width !== width || line.near !== near) continue;
        if (look.without !== null && (line.a === look.without || line.b === look.without)) continue;
        const ax = line.a.x * camera.k + camera.x, ay = line.a.y * camera.k + camera.y;
        const bx = line.b.x * camera.k + camera.x, by = line.b.y * camera.k + camera.y;
        if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > room.width && bx > room.width) || (ay > room.height && by > room.height)) continue;
        context.moveTo(ax, ay);
        context.lineTo(bx, by);
      }
      context.globalAlpha = opacity(width, near, crowd) * (dim ? 0.3 : 1);
      context.lineWidth = (WIDTHS[width] as number) * scale;
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

function paintBrightLines(context: CanvasRenderingContext2D, look: Look): void {
  if (look.line !== null) strokeLine(context, look.line, look, look.colours.accent, 1);
  else if (look.dot !== null) strokeLines(context, look.dot.lines, look);
}

/** The ties of one dot, the fainter the more there are. */
export function strokeLines(context: CanvasRenderingContext2D, lines: readonly Line[], look: Look): void {
  context.strokeStyle = look.colours.ink;
  context.globalAlpha = Math.min(0.55, 0.14 + 20 / Math.max(1, lines.length));
  for (let width = 0; width < WIDTHS.length; width++) {
    context.beginPath();
    for (const line of lines) {
      if (line.width !== width || (look.without !== null && (line.a === look.without || line.b === look.without))) continue;
      const from = toScreen(look.camera, line.a);
      const to = toScreen(look.camera, line.b);
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.lineWidth = look.moving ? 1 : Math.max(1, WIDTHS[width] as number); // the thinnest are by far the quickest
    context.stroke();
  }
  context.globalAlpha = 1;
}

function strokeLine(context: CanvasRenderingContext2D, line: Line, look: Look, colour: string, alpha: number): void {
  const from = toScreen(look.camera, line.a);
  const to = toScreen(look.camera, line.b);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.strokeStyle = colour;
  context.globalAlpha = alpha;
  context.lineWidth = Math.max(look.line === line ? 2.5 : 1, WIDTHS[line.width] as number);
  context.stroke();
  context.globalAlpha = 1;
}

/** One path for each type and brightness. */
function paintDots(context: CanvasRenderingContext2D, seen: readonly Placed[], look: Look, bright: Set<Dot> | null, many: boolean): void {
  const groups = new Map<string, { placed: Placed[]; type: string; alpha: number }>();
  for (const placed of seen) {
    const alpha = bright !== null && !bright.has(placed.dot) ? 0.22 : placed.dot.pale === true ? 0.45 : 1;
    const name = `${alpha} ${placed.dot.type}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { placed: [placed], type: placed.dot.type, alpha });
    else group.placed.push(placed);
  }
  for (const { placed, type, alpha } of [...groups.values()].sort((a, b) => a.alpha - b.alpha)) {
    context.beginPath();
    for (const { x, y, r } of placed) {
      if (many && r < 2) context.rect(x - r, y - r, 2 * r, 2 * r);
      else trace(context, type, x, y, r);
    }
    if (!many && alpha === 1) {
      context.lineWidth = 2.4;
      context.strokeStyle = look.colours.paper;
      context.stroke();
    }
    if (alpha < 1 && !many) { context.fillStyle = look.colours.paper; context.fill(); } // lines do not shine through
    context.globalAlpha = alpha;
    context.fillStyle = colourOf(look.colours, type);
    context.fill();
    context.globalAlpha = 1;
  }
}

function ring(context: CanvasRenderingContext2D, { x, y, r }: Placed, colour: string, gap: number, dashed: boolean): void {
  context.beginPath();
  context.setLineDash(dashed ? [4, 3] : []);
  context.arc(x, y, r * 1.18 + gap, 0, 2 * Math.PI);
  context.lineWidth = 1.8;
  context.strokeStyle = colour;
  context.stroke();
  context.setLineDash([]);
}

/** A ring for the chosen, one for what is selected, a dashed one where the keyboard is. */
function paintRings(context: CanvasRenderingContext2D, seen: readonly Placed[], look: Look): void {
  for (const placed of seen) {
    if (placed.dot.chosen === true) ring(context, placed, look.colours.ink, 3, false);
    if (placed.dot === look.dot) ring(context, placed, look.colours.accent, placed.dot.chosen === true ? 6.5 : 3, false);
    if (placed.dot === look.cursor) ring(context, placed, look.colours.link, 9, true);
  }
}

function badgesOf(context: CanvasRenderingContext2D, seen: readonly Placed[], look: Look): Badge[] {
  return seen
    .filter(({ dot }) => (dot.more ?? 0) > 0 && (dot.chosen === true || dot === look.dot || dot === look.cursor))
    .map(({ dot, x, y, r }) => {
      const text = `+${dot.more}`;
      const width = textWidth(context, text, 11, true) + 10;
      const left = Math.min(look.room.width - width - 2, x + r * 0.72);
      const top = Math.max(2, y - r * 0.72 - 16);
      return { dot, text, box: { left, top, right: left + width, bottom: top + 16 } };
    });
}

function paintBadge(context: CanvasRenderingContext2D, { box, text }: Badge, { colours }: Look): void {
  context.beginPath();
  context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 8);
  context.fillStyle = colours.ink;
  context.fill();
  context.strokeStyle = colours.paper;
  context.lineWidth = 1.5;
  context.stroke();
  context.font = font(11, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.paper;
  context.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5);
}

/** Names: of what the reader looks at first, then by importance, as many as have room. */
export function labelsOf(
  context: CanvasRenderingContext2D, picture: Picture, seen: readonly Placed[], look: Look, bright: Set<Dot> | null, badges: readonly Badge[],
): Label[] {
  const many = picture.dots.length > BIG;
  if (many && look.moving) return [];
  const must = new Set(picture.ranked.filter((dot) => dot.chosen === true || dot === look.dot || dot === look.cursor || look.line?.a === dot || look.line?.b === dot));
  const places = new Map(seen.map((placed) => [placed.dot, placed]));
  const wanted = picture.ranked.filter((dot) => bright === null || bright.has(dot) || must.has(dot));
  const ranked = [...must, ...wanted.filter((dot) => !must.has(dot))].slice(0, 400).flatMap((dot) => places.get(dot) ?? []);
  const obstacles = many ? seen.filter((placed) => placed.r > 5 || must.has(placed.dot)) : seen;
  const measure = (text: string, size: number, bold: boolean): number => textWidth(context, text, size, bold);
  const corner = { left: look.room.width - look.corner.width, top: look.room.height - look.corner.height, right: look.room.width, bottom: look.room.height };
  return placeLabels(ranked, must, obstacles, [corner, ...badges.map((badge) => badge.box)], look.room, measure, many ? 60 : 400);
}

function paintLabel(context: CanvasRenderingContext2D, label: Label, { colours }: Look, bright: Set<Dot> | null): void {
  context.font = font(label.size, label.bold);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.paper;
  context.strokeText(label.text, label.x, label.y);
  context.fillStyle = label.dot.pale === true && bright === null ? colours.soft : colours.ink;
  context.fillText(label.text, label.x, label.y);
}
