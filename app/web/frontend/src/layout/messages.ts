// What the page and the layout's worker tell each other.

/** A graph to lay out; nodes are told by their position in the lists. */
export interface Job {
  /** Counts up; answers to an older run are dropped. */
  run: number;
  /** x and y of each node in turn; NaN where it has no place yet. */
  places: Float32Array;
  radius: Float32Array;
  /** 1 where the reader has put the node. */
  fixed: Uint8Array;
  source: Uint32Array;
  target: Uint32Array;
  /** 0 to 1, the strongest tie being 1. */
  weight: Float32Array;
  /** How far nodes may still move, 0 to 1. */
  heat: number;
  /** Width by height of the room. */
  aspect: number;
  /** Only the end is of interest. */
  quiet: boolean;
}

export interface Places { run: number; places: Float32Array; done: boolean }
