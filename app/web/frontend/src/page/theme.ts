// Light, dark, or as the system has it.
import { fill } from "../shared/dom";
import { announce } from "./announce";

const THEMES = ["auto", "light", "dark"] as const;
type Name = (typeof THEMES)[number];
const SIGNS: Record<Name, string> = { auto: "◐", light: "☀", dark: "☾" };
const KEY = "eig-theme";

function remembered(): Name {
  try {
    const found = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === found) ?? "auto";
  } catch { return "auto"; }
}

export class Theme {
  #name: Name = "auto";

  constructor(private readonly button: HTMLElement, private readonly changed: () => void) {
    button.addEventListener("click", () => {
      this.#set(THEMES[(THEMES.indexOf(this.#name) + 1) % THEMES.length] as Name);
      try { localStorage.setItem(KEY, this.#name); } catch { /* a private window forgets it */ }
      announce(`Theme: ${this.#name}`);
    });
  }

  begin(): void { this.#set(remembered()); }

  #set(name: Name): void {
    this.#name = name;
    if (name === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = name;
    fill(this.button, SIGNS[name]);
    this.button.setAttribute("aria-label", `Theme: ${name}`);
    this.button.title = `Theme: ${name}`;
    this.changed();
  }
}
