// From the layout's plane to the pixels of the canvas.
import type { Dot } from "./model";

export interface Box { left: number; top: number; right: number; bottom: number }
export interface Camera { k: number; x: number; y: number }

const SMALLEST = 0.02;
const LARGEST = 8;

/** How large dots are drawn at a zoom: they grow slower than the distances between them. */
export const sizeAt = (k: number): number => Math.min(2.2, Math.max(0.35, Math.sqrt(k)));

export const toScreen = (camera: Camera, dot: { x: number; y: number }): { x: number; y: number } =>
  ({ x: dot.x * camera.k + camera.x, y: dot.y * camera.k + camera.y });
export const toPlane = (camera: Camera, x: number, y: number): { x: number; y: number } =>
  ({ x: (x - camera.x) / camera.k, y: (y - camera.y) / camera.k });

/** Zoom by a factor about a point of the screen, which stays where it is. */
export function zoomed(camera: Camera, factor: number, x: number, y: number): Camera {
  const k = Math.min(LARGEST, Math.max(SMALLEST, camera.k * factor));
  const ratio = k / camera.k;
  return { k, x: x - (x - camera.x) * ratio, y: y - (y - camera.y) * ratio };
}

/** The camera that shows all dots, with room for their labels. */
export function fitting(dots: readonly Dot[], width: number, height: number): Camera {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y, radius } of dots) {
    if (Number.isNaN(x)) continue;
    box.left = Math.min(box.left, x - radius);
    box.right = Math.max(box.right, x + radius);
    box.top = Math.min(box.top, y - radius);
    box.bottom = Math.max(box.bottom, y + radius);
  }
  if (box.left > box.right) return { k: 1, x: width / 2, y: height / 2 };
  const across = Math.max(80, width - Math.min(150, width * 0.24));
  const down = Math.max(80, height - 84);
  const k = Math.min(1.5, across / Math.max(1, box.right - box.left), down / Math.max(1, box.bottom - box.top));
  return { k, x: width / 2 - (k * (box.left + box.right)) / 2, y: height / 2 - (k * (box.top + box.bottom)) / 2 - 4 };
}

export const blend = (from: Camera, to: Camera, share: number): Camera => ({
  k: from.k + (to.k - from.k) * share, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share,
});
