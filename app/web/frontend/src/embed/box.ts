// Inside the frame: folds the list away, lights what belongs together, and tells the page around how high the box is.
export {};

const root = document.documentElement;
const box = document.querySelector<HTMLElement>(".box");
const list = document.querySelector("details");

if (list) list.open = false;
for (const picture of document.querySelectorAll("svg")) listen(picture);
if (box && window.parent !== window) {
  root.classList.add("framed");
  const tell = (): void => {
    // To whomever embeds the box: who that is cannot be known here, and a height is no secret.
    window.parent.postMessage({ eigHeight: Math.ceil(box.getBoundingClientRect().height) }, "*");
  };
  tell(); // at once: browsers let a frame that is not shown yet wait for the observer
  new ResizeObserver(tell).observe(box);
}

/** Light the node that is pointed at or focused. */
function listen(picture: SVGSVGElement): void {
  const nodes = [...picture.querySelectorAll("a")];
  const lines = [...picture.querySelectorAll("line")];
  const light = (event: Event): void => {
    const target = event.target;
    show(picture, nodes, lines, target instanceof Node ? nodes.findIndex((node) => node.contains(target)) : -1);
  };
  for (const kind of ["pointerover", "focusin"]) picture.addEventListener(kind, light);
  for (const kind of ["pointerleave", "focusout"]) {
    picture.addEventListener(kind, () => show(picture, nodes, lines, -1));
  }
}

function show(picture: Element, nodes: Element[], lines: SVGLineElement[], lit: number): void {
  picture.classList.toggle("lit", lit >= 0);
  const near = new Set([lit]);
  for (const line of lines) {
    const ends = (line.dataset["ends"] ?? "").split(" ").map(Number);
    const on = ends.includes(lit);
    line.classList.toggle("on", on);
    if (on) ends.forEach((end) => near.add(end));
  }
  nodes.forEach((node, number) => node.classList.toggle("on", near.has(number)));
}
