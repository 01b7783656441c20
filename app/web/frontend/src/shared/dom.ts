// Elements made from text and nodes alone: no markup is ever read from a string, so a name cannot become one.
import { outline } from "./entity-types";

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Attributes = Record<string, Value>;

const SVG = "http://www.w3.org/2000/svg";

/** Add children; nothing, false and nested lists are allowed, text stays text. */
export function add(parent: Node, ...children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (typeof child === "string" || typeof child === "number") parent.appendChild(document.createTextNode(String(child)));
    else if (child instanceof Node) parent.appendChild(child);
    else add(parent, ...child);
  }
}

/** `onclick` and the like are listeners; true and false set and leave out an attribute; the rest is text. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** An element: `h("p", { class: "soft" }, "text", h("b", {}, name))`. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  add(element, ...children);
  return element;
}

/** An element of a drawing. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  set(element, attributes);
  add(element, ...children);
  return element;
}

/** A name of somebody else's making, kept from turning the text around it when it is written right to left. */
export const name = (text: string): HTMLElement => h("bdi", {}, text);

/** The shape and colour of a type, as big as the text. */
export function glyph(type: string): SVGSVGElement {
  return s("svg", { class: `glyph type-${type}`, viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" }, s("path", { d: outline(type, 0, 0, 1) }));
}

/** Replace what an element holds. Whoever was on something in it stays on the same made anew, or on what is around it. */
export function fill(element: Element, ...children: Child[]): void {
  const held = document.activeElement;
  const inside = held !== null && held !== element && element.contains(held);
  element.replaceChildren();
  add(element, ...children);
  if (!inside) return;
  const again = [...element.querySelectorAll<HTMLElement>(held.tagName)].find((one) => calledAs(one) === calledAs(held));
  (again ?? element.closest<HTMLElement>("[tabindex]"))?.focus({ preventScroll: true });
}

const calledAs = (element: Element): string | null => element.getAttribute("aria-label") ?? element.textContent;

/** The element of the page with this id, which must be there. */
export function at<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element '${id}'`);
  return found as T;
}
