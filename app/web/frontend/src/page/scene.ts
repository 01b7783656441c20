// The picture that a state asks for: which entities, which ties, and what was left out.
import type { CorpusGraph, GraphEdge, GraphNode, Timeline, TimelinePoint } from "../shared/types";
import { apiPath, ask, segment, type Parameters } from "./api";
import { tieKey, type State } from "./state";

export interface SceneNode extends GraphNode {
  chosen: boolean;
  expanded: boolean;
  /** Entities it is tied to that are not in the picture; null while that is not known. */
  more: number | null;
}
export interface SceneTie extends GraphEdge { key: string; sentences: number }
export interface Scene {
  nodes: SceneNode[];
  ties: SceneTie[];
  byId: ReadonlyMap<string, SceneNode>;
  /** Neighbours shown, and there are. */
  shown: number;
  total: number;
}

export const EMPTY: Scene = { nodes: [], ties: [], byId: new Map(), shown: 0, total: 0 };

type FromApi = GraphNode & { chosen?: boolean; expanded?: boolean; more?: number };

/** The parameters that the picture is asked for with. */
export function question(state: State): Parameters {
  return {
    entity: state.entities,
    mode: state.mode === "intersection" ? state.mode : null,
    expand: state.expand,
    type: state.types,
    measure: state.measure,
    min_articles: state.least > 1 ? state.least : null,
    max_nodes: state.most,
    since: state.since,
    until: state.until,
  };
}

/** Where the same is found as JSON. */
export const twinPath = (state: State): string =>
  apiPath("graph", { ...question(state), keep: state.keep < 1 ? state.keep : null, by: "month" });

function scene(answer: CorpusGraph, state: State): Scene {
  const nodes = (answer.nodes as FromApi[]).map((node): SceneNode => ({
    ...node,
    chosen: node.chosen ?? state.entities.includes(node.id),
    expanded: node.expanded ?? state.expand.includes(node.id),
    more: node.more ?? null,
  }));
  const ties = answer.edges.map((tie): SceneTie => ({ ...tie, key: tieKey(tie.source, tie.target) }));
  return { nodes, ties, byId: new Map(nodes.map((node) => [node.id, node])), shown: answer.graph.shown, total: answer.graph.total };
}

export async function load(state: State, signal: AbortSignal): Promise<Scene> {
  return scene(await ask<CorpusGraph>("graph", question(state), signal), state);
}

/** How many neighbours of each entity are not in the picture; asked for once the picture stands. */
export async function countMore(state: State, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const answer = await ask<CorpusGraph>("graph", { ...question(state), count_neighbours: true }, signal);
  return new Map((answer.nodes as FromApi[]).map((node) => [node.id, node.more ?? 0]));
}

/** Articles by month for all time, whatever the window is; null where the service does not count them. */
export async function months(state: State, signal: AbortSignal): Promise<TimelinePoint[] | null> {
  const [first] = state.entities;
  if (first === undefined) return [];
  if (state.entities.length === 1) return (await ask<Timeline>(`entities/${segment(first)}/timeline`, { by: "month" }, signal)).points;
  const several = { entity: state.entities, mode: state.mode, by: "month", max_nodes: 1 };
  return (await ask<CorpusGraph>("graph", several, signal)).timeline ?? null;
}

/** Whether a tie stays: a strong one does, and those of what the reader has asked for always do. */
function stays(tie: SceneTie, keep: number, byId: Scene["byId"]): boolean {
  if (keep >= 1 || tie.alpha === undefined || tie.alpha <= keep) return true;
  return [tie.source, tie.target].some((id) => { const node = byId.get(id); return node !== undefined && (node.chosen || node.expanded); });
}

/** The picture with its strongest ties alone (see `keep` of the API's graph). */
export function cut(whole: Scene, keep: number): Scene {
  return keep >= 1 ? whole : { ...whole, ties: whole.ties.filter((tie) => stays(tie, keep, whole.byId)) };
}

/** The ties of an entity, strongest first. */
export function tiesOf(picture: Scene, id: string): { tie: SceneTie; other: SceneNode }[] {
  return picture.ties
    .filter((tie) => tie.source === id || tie.target === id)
    .map((tie) => ({ tie, other: picture.byId.get(tie.source === id ? tie.target : tie.source) as SceneNode }))
    .sort((a, b) => b.tie.articles - a.tie.articles || b.tie.llr - a.tie.llr);
}
