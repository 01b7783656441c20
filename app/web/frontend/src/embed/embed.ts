// <script async src="https://SERVICE/embed.js" data-article="URL or id"></script>: puts the box where the tag stands.
//
// The page around is not ours. Its style sheets cannot reach into a shadow root, and on the one element that they can
// reach all that matters is set as important. Styles are set through objects, so that no policy of the page forbids them.
export {};

type Styles = Record<string, string>;

// Of each picture of box.css: the frame's width from which it is shown, its own width and height, its widest.
const PICTURES = [[670, 660, 420, 740], [510, 500, 420, 590], [390, 380, 440, 450], [0, 280, 440, 340]] as const;
const WIDEST = 800;
const AROUND = 30; // what stands beside a picture, in pixels
const HIGHEST = 20000;
const PATIENCE = 20000; // ms until a box that says nothing is given up
const SILENCE = 6000; // ms for the same once its frame has loaded something
const PAPER: Styles = { light: "#fffefb", dark: "#1c1f23" };
const INK: Styles = { light: "#595c61", dark: "#a9adb3" };

for (const tag of tags()) start(tag);

/** The tag that runs this; where a loader hides it, all tags of ours that have not been served. */
function tags(): HTMLScriptElement[] {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement) return [current];
  const all = document.querySelectorAll<HTMLScriptElement>('script[src*="/embed.js"]:not([data-eig])');
  return [...all];
}

function start(tag: HTMLScriptElement): void {
  tag.dataset["eig"] = "";
  const address = addressOf(tag);
  const theme = themeOf(tag);
  const host = document.createElement("div");
  const inside = host.attachShadow({ mode: "open" });
  // Positioned, so that the frame is as wide before it is shown as it is then, and says the height that it keeps.
  lay(host, { all: "initial", display: "block", position: "relative", width: "100%", "max-width": `${WIDEST}px`, margin: "1em auto" });
  const waiting = note("Loading the graph of this article…", theme);
  inside.append(waiting);
  tag.after(host);
  lay(waiting, { height: `${usualHeight(host.clientWidth)}px` });
  whenNear(host, () => load(inside, waiting, address, tag.dataset["title"]));
}

/** How high most boxes turn out to be, so that nothing jumps. */
function usualHeight(frame: number): number {
  const [, width, height, widest] = PICTURES.find(([from]) => frame >= from) ?? PICTURES[3];
  const words = frame < 430 ? 146 : 127; // where it is narrow, one line more
  return Math.round(words + (height * Math.min(frame - AROUND, widest)) / width);
}

/** Put the frame below the note, and in its place once it says how high it is. */
function load(inside: ShadowRoot, waiting: HTMLElement, address: string, title: string | undefined): void {
  const frame = document.createElement("iframe");
  frame.title = title || "Entity Intersection Graph of this article";
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
  frame.referrerPolicy = "no-referrer";
  frame.src = address;
  lay(frame, {
    display: "block", width: "100%", height: "1px", border: "0", "border-radius": "10px", "color-scheme": "light",
    position: "absolute", visibility: "hidden",
  });
  let timer = setTimeout(fail, PATIENCE);
  frame.addEventListener("load", () => {
    clearTimeout(timer);
    if (waiting.isConnected) timer = setTimeout(fail, SILENCE);
  });
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const height = event.source === frame.contentWindow ? heightIn(event.data) : null;
    if (height === null) return;
    clearTimeout(timer);
    waiting.remove();
    lay(frame, { height: `${height}px`, position: "static", visibility: "visible" });
  });
  inside.append(frame);

  function fail(): void {
    frame.remove();
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Open it on a page of its own";
    lay(link, { color: "inherit" });
    waiting.replaceChildren("The graph of this article cannot be shown just now. ", link);
    lay(waiting, { height: "auto", "min-height": "64px" });
  }
}

function heightIn(data: unknown): number | null {
  if (typeof data !== "object" || data === null || !("eigHeight" in data)) return null;
  const height = data.eigHeight;
  return typeof height === "number" && height > 0 && height < HIGHEST ? Math.ceil(height) : null;
}

/** Call back once the element comes near to what is seen, or the page is printed. */
function whenNear(element: Element, callback: () => void): void {
  if (typeof IntersectionObserver === "undefined") return callback();
  const watching = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) arrive();
  }, { rootMargin: "600px" });
  const arrive = (): void => {
    watching.disconnect();
    window.removeEventListener("beforeprint", arrive);
    callback();
  };
  window.addEventListener("beforeprint", arrive);
  watching.observe(element);
}

function addressOf(tag: HTMLScriptElement): string {
  const asked = tag.dataset["article"]?.trim() || canonical();
  const isAddress = /^([a-z][a-z0-9+.-]*:|\/)/i.test(asked);
  const base = new URL("embed/articles", tag.dataset["service"] ?? new URL(".", tag.src));
  if (!isAddress) base.pathname += `/${encodeURIComponent(asked)}`;
  else base.searchParams.set("url", new URL(asked, document.baseURI).href);
  base.searchParams.set("theme", themeOf(tag));
  for (const name of ["accent", "background", "text"]) {
    const colour = hexadecimal(tag.dataset[name]);
    if (colour) base.searchParams.set(name, colour);
  }
  const least = Number(tag.dataset["minArticles"]);
  if (Number.isInteger(least) && least > 1) base.searchParams.set("min_articles", String(least));
  return base.href;
}

/** What the page calls its own address. */
function canonical(): string {
  return document.querySelector<HTMLLinkElement>('link[rel~="canonical"]')?.href || location.href.split("#")[0]!;
}

function themeOf(tag: HTMLScriptElement): string {
  const theme = tag.dataset["theme"];
  return theme === "dark" || theme === "auto" ? theme : "light";
}

/** Any colour of CSS as six digits; nothing for what is none, or is seen through. */
function hexadecimal(colour: string | undefined): string | null {
  const brush = colour ? document.createElement("canvas").getContext("2d") : null;
  if (!brush || !colour || !CSS.supports("color", colour)) return null;
  brush.fillStyle = colour;
  const digits = /^#([0-9a-f]{6})$/.exec(String(brush.fillStyle));
  return digits ? digits[1]! : null;
}

/** A quiet line where the box is to come. */
function note(text: string, theme: string): HTMLElement {
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  const shade = dark ? "dark" : "light";
  const element = document.createElement("div");
  element.setAttribute("role", "status");
  element.textContent = text;
  lay(element, {
    "box-sizing": "border-box", padding: "13px 14px", font: "13px/1.45 system-ui, sans-serif", color: INK[shade]!,
    background: PAPER[shade]!, border: `1px solid ${INK[shade]!}40`, "border-radius": "10px",
  });
  return element;
}

function lay(element: HTMLElement, styles: Styles): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, "important");
}
