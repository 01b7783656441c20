// What happens, told to those who do not see it.
import { at } from "../shared/dom";

let turn = 0;

/** Say it politely; the same words twice are said twice. */
export function announce(text: string): void {
  turn += 1;
  at("live").textContent = text + (turn % 2 === 0 ? "\u00a0" : "");
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
