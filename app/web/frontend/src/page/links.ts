// Links and buttons that change what is shown; a link has its real address, so it opens in a new tab too.
import { h, type Attributes, type Child } from "../shared/dom";
import { address, current, START, type Change } from "./state";

/** A link to the page with a change of what is shown. */
export function link(change: Change, attributes: Attributes, ...children: Child[]): HTMLAnchorElement {
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    current.go(change);
  };
  return h("a", { ...attributes, href: address(current.with(change)), onclick: go }, ...children);
}

/** A link to a page that has nothing of the present one. */
export const fresh = (change: Change, attributes: Attributes, ...children: Child[]): HTMLAnchorElement =>
  link({ ...START, ...change }, attributes, ...children);

export function button(attributes: Attributes, onclick: (event: MouseEvent) => void, ...children: Child[]): HTMLButtonElement {
  return h("button", { type: "button", ...attributes, onclick }, ...children);
}
