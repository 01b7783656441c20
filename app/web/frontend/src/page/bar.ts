// Under every view: what is shown, in a line, and how to take it along: as a link, as JSON, as curl, as a file.
import { fill, h, type Child } from "../shared/dom";
import { announce, messageOf } from "./announce";
import { button } from "./links";

/** Where the same is had from the API. `body`: what a POST sends. */
export interface Twin { path: string; body?: unknown }
/** Something to copy that the service makes. */
export interface Made { name: string; what: string; text: () => Promise<string> }
export interface Export { name: string; save: () => void | Promise<void> }

/** A command that asks the same in a shell. */
export function curl({ path, body }: Twin): string {
  const url = new URL(path, location.href).href;
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  return body === undefined ? `curl ${quoted(url)}` : `curl ${quoted(url)} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`;
}

/** Copy a text; where the browser does not let us, show it to be copied by hand. */
async function copy(text: string, what: string, host: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied`);
    flash(host, `${what} copied`);
  } catch { show(host, text, what); }
}

function flash(host: HTMLElement, text: string): void {
  host.querySelector(".flash")?.remove();
  const said = h("span", { class: "flash", "aria-hidden": "true" }, text);
  host.append(said);
  setTimeout(() => said.remove(), 1800);
}

function show(host: HTMLElement, text: string, what: string): void {
  host.querySelector(".copy-by-hand")?.remove();
  const box = h("input", { readonly: true, value: text, "aria-label": what });
  const holder = h("p", { class: "copy-by-hand" }, box, button({ class: "quiet" }, () => holder.remove(), "Close"));
  host.append(holder);
  box.focus();
  box.select();
}

export class Bar {
  readonly #status = h("p", { class: "status" });
  readonly #actions = h("div", { class: "bar-actions" });

  constructor(private readonly host: HTMLElement) { fill(host, this.#status, this.#actions); }

  say(...text: Child[]): void { fill(this.#status, ...text); }

  /** What can be taken along of this view. */
  offer(twin: Twin | null, exports: readonly Export[], made: Made | null = null): void {
    fill(this.#actions,
      button({}, () => void copy(location.href, "Link", this.host), "Copy link"),
      twin !== null && twin.body === undefined && h("a", { href: twin.path, class: "button" }, "As JSON"),
      twin !== null && button({}, () => void copy(curl(twin), "Command", this.host), "As curl"),
      made !== null && button({}, () => void this.#copyMade(made), made.name),
      exports.length > 0 && this.#menu(exports));
  }

  async #copyMade({ what, text }: Made): Promise<void> {
    try { await copy(await text(), what, this.host); } catch (error) { announce(messageOf(error)); flash(this.host, messageOf(error)); }
  }

  #menu(exports: readonly Export[]): HTMLElement {
    const menu = h("details", { class: "menu" }, h("summary", { class: "button" }, "Export"),
      h("ul", {}, exports.map((one) => h("li", {}, button({}, () => { menu.open = false; void Promise.resolve(one.save()).then(() => announce(`${one.name} saved`)); }, one.name)))));
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary")?.focus(); } });
    menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false; });
    return menu;
  }
}
