// What readers do with a graph, by mouse, touch and keyboard alike.
import type { Dot, Line } from "./model";
import type { GraphView } from "./view";

export interface Wishes {
  select(dot: Dot | null, line: Line | null): void;
  expand(dot: Dot): void;
  /** Choose it, or let it go where it is chosen. */
  choose(dot: Dot): void;
  /** The keyboard is on this dot. */
  visited(dot: Dot): void;
}

const STILL = 4; // pixels that a click may wander
const STEP = 60;
const ARROWS: Record<string, readonly [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

interface Point { x: number; y: number }

export function listen(view: GraphView, wishes: Wishes): void {
  listenToPointers(view, wishes);
  listenToKeys(view, wishes);
}

function listenToPointers(view: GraphView, wishes: Wishes): void {
  const { canvas } = view;
  const pointers = new Map<number, Point>();
  let grip: { dot: Dot | null; last: Point; moved: boolean } | null = null;
  let spread = 0;
  const point = (event: MouseEvent): Point => { const box = canvas.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
  const pinch = (): { distance: number; x: number; y: number } => {
    const [a, b] = [...pointers.values()] as [Point, Point];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const at = point(event);
    pointers.set(event.pointerId, at);
    canvas.setPointerCapture(event.pointerId);
    grip = { dot: view.at(at.x, at.y).dot, last: at, moved: false };
    if (pointers.size === 2) spread = pinch().distance;
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = point(event);
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, at);
    if (pointers.size === 2) {
      const now = pinch();
      view.zoom(now.distance / spread, now.x, now.y);
      spread = now.distance;
      if (grip !== null) grip.moved = true;
    } else if (grip !== null) drag(at, grip);
    else hover(at);
  });
  function drag(at: Point, held: NonNullable<typeof grip>): void {
    const dx = at.x - held.last.x;
    const dy = at.y - held.last.y;
    if (!held.moved && Math.hypot(dx, dy) < STILL) return;
    held.moved = true;
    held.last = at;
    if (held.dot === null) view.pan(dx, dy);
    else view.move(held.dot, dx, dy, true);
  }
  function hover(at: Point): void {
    const found = view.at(at.x, at.y);
    const dot = found.badge ?? found.dot;
    const line = dot === null ? found.line : null;
    canvas.classList.toggle("over", dot !== null || line !== null);
    canvas.title = found.badge !== null ? `Show 12 more that ${found.badge.name} is named with` : dot?.name ?? (line === null ? "" : `${line.a.name} and ${line.b.name}`);
    if (dot === view.hovered.dot && line === view.hovered.line) return;
    view.hovered = { dot, line };
    view.redraw();
  }
  const release = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    const held = grip;
    grip = null;
    view.drop();
    if (held === null || held.moved || event.type !== "pointerup") return;
    view.host.focus({ preventScroll: true });
    view.cursor = null; // its mark is for those who walk by keyboard
    const at = point(event);
    const { badge, dot, line } = view.at(at.x, at.y);
    if (badge !== null) wishes.expand(badge);
    else wishes.select(dot, line);
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => { view.hovered = { dot: null, line: null }; view.redraw(); });
  canvas.addEventListener("dblclick", (event) => {
    const at = point(event);
    const { badge, dot } = view.at(at.x, at.y);
    if (badge === null && dot !== null) wishes.expand(dot);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = point(event);
    view.zoom(Math.exp(-event.deltaY * (event.deltaMode === 0 ? 0.0015 : 0.05)), at.x, at.y);
  }, { passive: false });
}

function listenToKeys(view: GraphView, wishes: Wishes): void {
  view.host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const { cursor } = view;
    if (arrow !== undefined && event.shiftKey) view.pan(-STEP * arrow[0], -STEP * arrow[1]);
    else if (arrow !== undefined && event.altKey && cursor !== null) view.move(cursor, 10 * arrow[0], 10 * arrow[1], false);
    else if (arrow !== undefined && !event.altKey) walk(view, wishes, arrow);
    else if (event.key === "+" || event.key === "=") view.zoom(1.25);
    else if (event.key === "-") view.zoom(0.8);
    else if (event.key === "0") view.fit();
    else if (event.key === "Escape") { view.cursor = null; wishes.select(null, null); }
    else if (cursor === null) return;
    else if (event.key === "Enter" || event.key === " ") wishes.select(cursor, null);
    else if (event.key.toLowerCase() === "e") wishes.expand(cursor);
    else if (event.key.toLowerCase() === "a") wishes.choose(cursor);
    else return;
    event.preventDefault();
  });
  view.host.addEventListener("blur", () => view.redraw());
}

/** To the nearest dot in a direction; what lies off the line counts double. */
function walk(view: GraphView, wishes: Wishes, [right, down]: readonly [number, number]): void {
  const from = view.cursor ?? view.selected.dot;
  const next = from === null ? view.dots.find((dot) => dot.chosen === true) ?? view.dots[0] : nearest(view.dots, from, right, down);
  if (next === undefined) return;
  view.cursor = next;
  view.reveal(next);
  view.redraw();
  wishes.visited(next);
}

function nearest(dots: readonly Dot[], from: Dot, right: number, down: number): Dot | undefined {
  let best: Dot | undefined;
  let least = Infinity;
  for (const dot of dots) {
    const dx = dot.x - from.x;
    const dy = dot.y - from.y;
    const along = dx * right + dy * down;
    if (dot === from || along <= 0) continue;
    const cost = along + 2 * Math.abs(dx * down - dy * right);
    if (cost < least) { least = cost; best = dot; }
  }
  return best;
}
