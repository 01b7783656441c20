// Inside the frame: folds the list away, lights what belongs together, and tells the page around how high the box is.
export {};

const UNTIL_LAID_OUT = 50; // ms until it is looked again whether the frame has a size

const root = document.documentElement;
const box = document.querySelector<HTMLElement>(".box");
const list = document.querySelector("details");

if (list) list.open = false;
listen(document.querySelector(".pictures"));
if (box && window.parent !== window) {
  root.classList.add("framed");
  const tell = (): void => {
    const height = Math.ceil(box.getBoundingClientRect().height);
    // Browsers may run this before the frame is laid out: it has no width then, or the box no height.
    if (window.innerWidth === 0 || height === 0) return void setTimeout(tell, UNTIL_LAID_OUT);
    // To whomever embeds the box: who that is cannot be known here, and a height is no secret.
    window.parent.postMessage({ eigHeight: height }, "*");
  };
  tell(); // at once: browsers let a frame that is not shown yet wait for the observer
  new ResizeObserver(tell).observe(box);
}

/** Light the node that is pointed at or focused. Listeners on an SVG itself would put it among what Tab reaches. */
function listen(pictures: Element | null): void {
  const light = (event: Event): void => {
    const target = event.target instanceof Element ? event.target : null;
    const picture = target?.closest("svg");
    if (picture) show(picture, target?.closest("a") ?? null);
  };
  const dim = (): void => pictures?.querySelectorAll(".lit").forEach((picture) => show(picture, null));
  for (const kind of ["pointerover", "focusin"]) pictures?.addEventListener(kind, light);
  for (const kind of ["pointerleave", "focusout"]) pictures?.addEventListener(kind, dim);
}

function show(picture: Element, node: Element | null): void {
  const nodes = [...picture.querySelectorAll("a")];
  const lit = nodes.findIndex((each) => each === node);
  const near = new Set([lit]);
  picture.classList.toggle("lit", lit >= 0);
  for (const line of picture.querySelectorAll("line")) {
    const ends = (line.dataset["ends"] ?? "").split(" ").map(Number);
    const on = ends.includes(lit);
    line.classList.toggle("on", on);
    if (on) ends.forEach((end) => near.add(end));
  }
  nodes.forEach((each, number) => each.classList.toggle("on", near.has(number)));
}
