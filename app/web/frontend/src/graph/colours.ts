// The colours of tokens.css as a canvas takes them.
import { ENTITY_TYPES } from "../shared/entity-types";

const NAMES = ["paper", "ink", "soft", "tie", "accent", "link", "article", ...ENTITY_TYPES] as const;
export type Colours = Record<(typeof NAMES)[number], string>;

/** What the theme at an element has; a canvas does not know `light-dark()`, so each is read from an element that uses it. */
export function coloursAt(element: HTMLElement): Colours {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const found = Object.fromEntries(NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return found as Colours;
}

export const colourOf = (colours: Colours, type: string): string => (type in colours ? colours[type as keyof Colours] : colours.soft);
