// A graph on a canvas, laid out by a worker: shows, moves, finds what is under a point. See input.ts for what readers do.
import type { Job, Places } from "../layout/messages";
import { blend, fitting, sizeAt, toPlane, toScreen, zoomed, type Box, type Camera } from "./camera";
import { coloursAt, type Colours } from "./colours";
import { Grid, lineAt } from "./grid";
import { BIG, dots, lines, placeNearTies, type Dot, type GivenNode, type GivenTie, type Line } from "./model";
import { labelsOf, lit, paint, strokeLines, textWidth, visible, type Badge, type Look, type Picture } from "./paint";

const TWEEN_MS = 450;
// A picture of more lines is moved as a whole while it is dragged, and drawn anew after. It is counted, not timed: a canvas
// notes what is drawn at once and draws it later.
const MOST_LINES_MOVED = 800;
const REST_MS = 140;

export interface Found { dot: Dot | null; line: Line | null; badge: Dot | null }
interface Tween { start: number; from: Float32Array; to: Float32Array; camera: Camera; goal: Camera | null }
interface Snapshot { image: HTMLCanvasElement; camera: Camera }

export class GraphView {
  dots: Dot[] = [];
  lines: Line[] = [];
  byId: ReadonlyMap<string, Dot> = new Map();
  selected: { dot: Dot | null; line: Line | null } = { dot: null, line: null };
  hovered: { dot: Dot | null; line: Line | null } = { dot: null, line: null };
  cursor: Dot | null = null;
  camera: Camera = { k: 1, x: 0, y: 0 };
  room = { width: 0, height: 0 };
  /** A corner at the lower right that names keep clear of, in pixels. */
  corner = { width: 0, height: 0 };
  /** Pictures painted since the start, for whoever measures. */
  painted = 0;

  readonly canvas = document.createElement("canvas");
  readonly #context = this.canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  readonly #worker = new Worker("web/layout.js");
  #colours: Colours;
  #ranked: Dot[] = [];
  #badges: Badge[] = [];
  #grid: Grid | null = null;
  #run = 0;
  #follows = true; // the camera fits the graph until the reader moves it
  #fresh = true;
  #frame = 0;
  #shown: Camera = this.camera; // of the last picture that was drawn whole
  #moved = 0;
  #dragged: Dot | null = null;
  #snapshot: Snapshot | null = null;
  #tween: Tween | null = null;
  #rest = 0;

  constructor(readonly host: HTMLElement) {
    this.canvas.setAttribute("aria-hidden", "true");
    host.append(this.canvas);
    Object.assign(host, { view: this }); // for tests and measurements, which look for places on the canvas
    this.#colours = coloursAt(host);
    this.#worker.onmessage = (event: MessageEvent<Places>) => this.#placed(event.data);
    new ResizeObserver(() => this.#resize()).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    this.#resize();
  }

  /** Show another graph; what was there keeps its place. */
  show(nodes: readonly GivenNode[], ties: readonly GivenTie[]): void {
    if (this.room.width === 0) this.#resize();
    const old = this.byId;
    const kept = nodes.filter((node) => old.has(node.id)).length;
    const grows = kept > 0 && kept >= nodes.length * 0.35;
    const same = kept === nodes.length && kept === old.size && ties.length === this.lines.length && ties.every((tie, i) => tie.key === this.lines[i]?.key);
    this.dots = dots(nodes, grows ? old : new Map<string, Dot>());
    this.byId = new Map(this.dots.map((dot) => [dot.id, dot]));
    this.lines = lines(ties, this.byId);
    this.#ranked = [...this.dots].sort((a, b) => Number(b.chosen ?? false) - Number(a.chosen ?? false) || b.articles - a.articles);
    this.cursor = this.#again(this.cursor);
    this.hovered = { dot: null, line: null };
    this.select(this.selected.dot?.id ?? null, this.selected.line?.key ?? null);
    this.host.dataset["nodes"] = String(this.dots.length);
    this.host.dataset["ties"] = String(this.lines.length);
    if (same) { this.redraw(); return; }
    this.#fresh = !grows;
    if (!grows) this.#follows = true;
    this.#layout(grows && placeNearTies(this.dots) ? 0.4 : 1);
  }

  /** Note how many neighbours are not shown, which is counted after the picture stands. */
  setMore(more: ReadonlyMap<string, number>): void {
    for (const dot of this.dots) dot.more = more.get(dot.id) ?? null;
    this.redraw();
  }

  select(id: string | null, tie: string | null): void {
    this.selected = { dot: id === null ? null : this.byId.get(id) ?? null, line: tie === null ? null : this.lines.find((line) => line.key === tie) ?? null };
    this.redraw();
  }

  /** Light up what an entity is tied to, as hovering does; null lets go. */
  light(id: string | null): void {
    this.hovered = { dot: id === null ? null : this.byId.get(id) ?? null, line: null };
    this.redraw();
  }

  recolour(): void { this.#colours = coloursAt(this.host); this.redraw(); }

  #again(dot: Dot | null): Dot | null { return dot === null ? null : this.byId.get(dot.id) ?? null; }

  // --- layout ---------------------------------------------------------------------------------------------------------

  #layout(heat: number): void {
    this.host.dataset["settled"] = "false";
    this.#run += 1;
    this.#tween = null;
    if (this.dots.length === 0) { this.#settled(); return; }
    const index = new Map(this.dots.map((dot, i) => [dot, i]));
    const most = Math.log(1 + Math.max(1, ...this.lines.map((line) => line.articles)));
    const job: Job = {
      run: this.#run,
      places: Float32Array.from(this.dots.flatMap((dot) => [dot.x, dot.y])),
      radius: Float32Array.from(this.dots, (dot) => dot.radius),
      fixed: Uint8Array.from(this.dots, (dot) => Number(dot.fixed)),
      source: Uint32Array.from(this.lines, (line) => index.get(line.a) as number),
      target: Uint32Array.from(this.lines, (line) => index.get(line.b) as number),
      weight: Float32Array.from(this.lines, (line) => Math.log(1 + line.articles) / most),
      heat,
      aspect: Math.min(2.2, Math.max(0.45, (this.room.width - 150) / Math.max(1, this.room.height - 84))),
      quiet: this.dots.length <= BIG,
    };
    this.#worker.postMessage(job);
  }

  #placed({ run, places, done }: Places): void {
    if (run !== this.#run) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (done && !this.#fresh && this.dots.length <= BIG && !still) this.#glide(places);
    else {
      this.#put(places, 1, null);
      if (this.#follows) this.camera = fitting(this.dots, this.room.width, this.room.height);
      this.redraw();
      if (done) this.#settled();
    }
  }

  #settled(): void {
    this.#fresh = false;
    this.host.dataset["settled"] = "true";
    this.redraw();
  }

  /** From where the dots stand to where they belong, so that the eye can follow. */
  #glide(to: Float32Array): void {
    const from = Float32Array.from(this.dots.flatMap((dot) => [dot.x, dot.y]));
    const ended = this.dots.map((dot, i) => ({ ...dot, x: to[2 * i] as number, y: to[2 * i + 1] as number }));
    const goal = this.#follows ? fitting(ended, this.room.width, this.room.height) : null;
    this.#tween = { start: performance.now(), from, to, camera: this.camera, goal };
    this.redraw();
  }

  #put(to: Float32Array, share: number, from: Float32Array | null): void {
    this.dots.forEach((dot, i) => {
      if (dot === this.#dragged) return;
      for (const [axis, at] of [["x", 2 * i], ["y", 2 * i + 1]] as const) {
        const end = to[at] as number;
        const begin = from?.[at] ?? end;
        dot[axis] = begin + (end - begin) * share;
      }
    });
    this.#grid = null;
  }

  #step(now: number): void {
    const tween = this.#tween;
    if (tween === null) return;
    const time = Math.min(1, (now - tween.start) / TWEEN_MS);
    const share = 1 - (1 - time) ** 3;
    this.#put(tween.to, share, tween.from);
    if (tween.goal !== null) this.camera = blend(tween.camera, tween.goal, share);
    if (time === 1) { this.#tween = null; this.#settled(); } else this.redraw();
  }

  // --- camera ---------------------------------------------------------------------------------------------------------

  fit(): void {
    this.#follows = true;
    this.camera = fitting(this.dots, this.room.width, this.room.height);
    this.redraw();
  }

  zoom(factor: number, x = this.room.width / 2, y = this.room.height / 2): void {
    this.#follows = false;
    this.#moves();
    this.camera = zoomed(this.camera, factor, x, y);
    this.redraw();
  }

  pan(dx: number, dy: number): void {
    this.#follows = false;
    this.#moves();
    this.camera = { ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy };
    this.redraw();
  }

  /** Bring a dot into sight. */
  reveal(dot: Dot): void {
    const { x, y } = toScreen(this.camera, dot);
    const edge = 40;
    const off = x < edge || y < edge || x > this.room.width - edge || y > this.room.height - edge;
    if (off) this.pan(this.room.width / 2 - x, this.room.height / 2 - y);
  }

  /** Put a dot elsewhere, by pixels of the screen; it stays there. */
  move(dot: Dot, dx: number, dy: number, dragged: boolean): void {
    if (dragged && this.#dragged !== dot) { this.#dragged = dot; this.#snapshot = null; }
    dot.x += dx / this.camera.k;
    dot.y += dy / this.camera.k;
    dot.fixed = true;
    this.#grid = null;
    this.#moves();
    this.redraw();
  }

  drop(): void { this.#dragged = null; this.#snapshot = null; this.redraw(); }

  at(x: number, y: number): Found {
    const badge = this.#badges.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.dot ?? null;
    this.#grid ??= new Grid(this.dots);
    const { k } = this.camera;
    const place = toPlane(this.camera, x, y);
    const dot = this.#grid.at(place.x, place.y, sizeAt(k) / k, 5 / k);
    return { badge, dot, line: dot === null ? lineAt(this.lines, place.x, place.y, 5 / k) : null };
  }

  // --- painting -------------------------------------------------------------------------------------------------------

  redraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => { this.#frame = 0; this.#step(now); this.#paint(); });
  }

  #moves(): void {
    this.#moved = performance.now();
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => { if (this.#dragged === null) this.#snapshot = null; this.redraw(); }, REST_MS);
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host; // without the border
    if (width === 0 || height === 0) return;
    const { ratio } = this;
    this.#colours = coloursAt(this.host); // it may have been made before it had a place in the page
    this.room = { width, height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.#snapshot = null;
    if (this.#follows) this.fit();
    this.#paint(); // at once: a canvas is empty after it has been resized
  }

  get ratio(): number { return Math.min(2, window.devicePixelRatio || 1); }

  look(): Look {
    const hovers = this.hovered.dot !== null || this.hovered.line !== null;
    const { dot, line } = hovers ? this.hovered : this.selected;
    const moving = performance.now() - this.#moved < REST_MS || this.host.dataset["settled"] === "false";
    return { camera: this.camera, room: this.room, colours: this.#colours, dot, line, cursor: this.cursor, moving, without: null, corner: this.corner };
  }

  /** The boxes of the names as they stand now. */
  labelBoxes(): (Box & { text: string })[] {
    const look = this.look();
    const seen = visible(this.dots, look);
    return labelsOf(this.#context, this.picture(), seen, look, lit(look), this.#badges).map(({ text, x, y, size, bold }) => {
      const width = textWidth(this.#context, text, size, bold) / 2;
      return { text, left: x - width, right: x + width, top: y - size / 2, bottom: y + size / 2 };
    });
  }

  picture(): Picture {
    const placed = !this.dots.some((dot) => Number.isNaN(dot.x));
    return placed ? { dots: this.dots, lines: this.lines, ranked: this.#ranked } : { dots: [], lines: [], ranked: [] };
  }

  #paint(): void {
    if (this.room.width === 0) return;
    this.painted += 1;
    const look = this.look();
    const drags = performance.now() - this.#moved < REST_MS || this.#dragged !== null;
    if (drags && this.lines.length > MOST_LINES_MOVED) { this.#paintMoved(look); return; }
    this.#badges = this.#paintOn(this.#context, look);
    this.#shown = look.camera;
  }

  #paintOn(context: CanvasRenderingContext2D, look: Look): Badge[] {
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = this.#colours.paper;
    context.fillRect(0, 0, look.room.width, look.room.height);
    return paint(context, this.picture(), look);
  }

  /** A big graph while it is dragged: the last picture at its new place, and what is dragged on top of it. */
  #paintMoved(look: Look): void {
    const snapshot = this.#snapshot ??= this.#take(look);
    const context = this.#context;
    const scale = this.camera.k / snapshot.camera.k;
    const x = this.camera.x - snapshot.camera.x * scale;
    const y = this.camera.y - snapshot.camera.y * scale;
    const { ratio } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.#colours.paper;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(snapshot.image, x * ratio, y * ratio, snapshot.image.width * scale, snapshot.image.height * scale);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const dot = this.#dragged;
    if (dot === null) return;
    strokeLines(context, dot.lines, look);
    paint(context, { dots: [dot], lines: [], ranked: [dot] }, { ...look, dot: null, line: null, cursor: dot, moving: false });
  }

  /** What is moved: the picture as it stands, or drawn without the dot that is dragged. */
  #take(look: Look): Snapshot {
    const image = document.createElement("canvas");
    image.width = this.canvas.width;
    image.height = this.canvas.height;
    const context = image.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
    if (this.#dragged === null) {
      context.drawImage(this.canvas, 0, 0);
      return { image, camera: this.#shown };
    }
    this.#paintOn(context, { ...look, dot: null, line: null, without: this.#dragged });
    return { image, camera: look.camera };
  }
}
