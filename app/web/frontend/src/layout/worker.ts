// Where the nodes of a graph stand, worked out beside the page so that it keeps answering.
// In: a Job. Out: Places, some while it is still settling, the last one `done`. A newer job ends the one before.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import type { Job, Places } from "./messages";

interface Dot extends SimulationNodeDatum { radius: number; links: number }
type Tie = SimulationLinkDatum<Dot> & { weight: number };
const scope = self as unknown as { postMessage(places: Places, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<Job>) => void) | null };

const FAST_LOOK = 40; // milliseconds between two pictures
let current = 0;

function dots(job: Job): Dot[] {
  return Array.from(job.radius, (radius, i) => {
    const dot: Dot = { index: i, radius, links: 0 };
    const x = job.places[2 * i] ?? NaN;
    const y = job.places[2 * i + 1] ?? NaN;
    if (!Number.isNaN(x)) Object.assign(dot, { x, y });
    if (job.fixed[i] === 1) Object.assign(dot, { fx: x, fy: y });
    return dot;
  });
}

function ties(job: Job, all: Dot[]): Tie[] {
  return Array.from(job.source, (from, i) => {
    const source = all[from] as Dot;
    const target = all[job.target[i] as number] as Dot;
    source.links += 1;
    target.links += 1;
    return { source, target, weight: job.weight[i] as number };
  });
}

/** Strong ties are short; hubs hold their neighbours loosely, so that these spread around them. */
function simulation(job: Job): ReturnType<typeof forceSimulation<Dot>> {
  const all = dots(job);
  const links = ties(job, all);
  const many = all.length > 1000;
  const spread = Math.min(3, 0.8 + all.length / 60);
  const hold = (dot: Dot): number => (dot.links === 0 ? 0.12 : 0.035); // what nothing ties down would drift away
  const link = forceLink<Dot, Tie>(links)
    .distance((tie) => 34 + (tie.source as Dot).radius + (tie.target as Dot).radius + 70 * (1 - tie.weight))
    .strength((tie) => (0.25 + 0.75 * tie.weight) / Math.min((tie.source as Dot).links, (tie.target as Dot).links));
  const made = forceSimulation<Dot>(all)
    .force("link", link)
    .force("charge", forceManyBody<Dot>().strength((dot) => -(many ? 30 : 90 + 7 * dot.radius) * spread).theta(many ? 1.2 : 0.9).distanceMax(many ? 600 : 900))
    // Wider than high, as screens are.
    .force("x", forceX<Dot>(0).strength((dot) => hold(dot) / job.aspect))
    .force("y", forceY<Dot>(0).strength((dot) => hold(dot) * job.aspect))
    .stop();
  if (!many) made.force("collide", forceCollide<Dot>((dot) => dot.radius + 9).iterations(2));
  made.alpha(job.heat).alphaDecay(many ? 0.035 : 0.025);
  return made;
}

function places(job: Job, all: Dot[], done: boolean): Places {
  const found = new Float32Array(2 * all.length);
  all.forEach((dot, i) => { found[2 * i] = dot.x ?? 0; found[2 * i + 1] = dot.y ?? 0; });
  return { run: job.run, places: found, done };
}

async function settle(job: Job): Promise<void> {
  const made = simulation(job);
  const all = made.nodes();
  const send = (done: boolean): void => { const message = places(job, all, done); scope.postMessage(message, [message.places.buffer]); };
  let looked = performance.now();
  while (made.alpha() > made.alphaMin()) {
    made.tick();
    if (performance.now() - looked < FAST_LOOK) continue;
    if (!job.quiet) send(false);
    await new Promise((resume) => setTimeout(resume)); // let a newer job in
    if (job.run !== current) return;
    looked = performance.now();
  }
  send(true);
}

scope.onmessage = ({ data }) => { current = data.run; void settle(data); };
