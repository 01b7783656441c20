// The answers of the API (/docs describes them), as far as the page and the box read them.
import type { EntityType } from "./entity-types";

export interface EntityShort { id: string; name: string; type: EntityType; wikidata_id: string | null }
export interface Entity extends EntityShort {
  wikipedia: string | null; description: string; country: string | null; aliases: string[]; articles: number;
}
export interface Office { office: string; of: EntityShort; since: string | null; until: string | null }
export interface Relation { type: string; entity: EntityShort; since: string | null; until: string | null; source: string; outgoing: boolean }
export interface EntityDetail extends Entity { offices: Office[]; relations: Relation[] }

export interface Article {
  id: string; url: string | null; title: string; publisher: string | null; language: string;
  published_at: string | null; date_precision: "day" | "month" | "year" | "none"; tags: string[]; themes: string[];
}
/** `start` and `end` are code points in the sentence's text. */
export interface Mention { entity: string; start: number; end: number; surface: string; kind: string; stands_for: string | null }
/** `start`: where it begins in the article's text, in code points; null for titles and takeaways. */
export interface Sentence { number: number; text: string; mentions: Mention[]; same_sentence: boolean; start?: number | null }
export interface ArticleEntity extends EntityShort { evidence: "text" | "tags"; cited: boolean }
export interface StoredArticle extends Article {
  text: string | null; takeaways: string[]; sentences: Sentence[]; entities: ArticleEntity[];
  ingested_at: string; extracted_by: string;
}

export interface Page<T> { limit: number; offset: number; total: number; next: string | null; reason: string | null; results: T[] }
export interface Association { articles: number; npmi: number; llr: number; jaccard: number; first_seen: string | null; last_seen: string | null }
export interface CoMention extends Association { entity: EntityShort; sentences: number }
export interface Evidence { article: Article; sentence: Sentence }
export interface EvidencedArticle { article: Article; sentences: Sentence[] }
export interface TimelinePoint { start: string; articles: number }
export interface Timeline { by: string; points: TimelinePoint[]; reason: string | null }
export interface Intersection {
  entities: Entity[]; articles: { total: number; results: EvidencedArticle[] };
  co_mentioned: { total: number; results: CoMention[] }; reason: string | null; timeline?: TimelinePoint[] | null;
}

export interface GraphNode extends EntityShort { articles: number }
/** `alpha`: how likely a tie this strong is by chance (disparity filter); small is strong. */
export interface GraphEdge extends Association { source: string; target: string; alpha?: number }
export interface Graph<N = GraphNode, E = GraphEdge> {
  graph: { truncated: boolean; shown: number; total: number; [more: string]: unknown }; nodes: N[]; edges: E[];
  timeline?: TimelinePoint[] | null;
}
export type CorpusGraph = Graph<GraphNode, GraphEdge & { sentences: number }>;
/** `source`: the article only cites it, and it makes no tie. */
export interface ArticleNode extends GraphNode { evidence?: "text" | "tags"; source?: boolean }
export interface ArticleEdge extends GraphEdge { in_article: number; in_corpus: number; sentences: Sentence[] }
export interface ArticleBox {
  article: Article; state: "ok" | "pending" | "no_entities" | "below_threshold" | "unsupported_language"; explanation: string;
  graph: Graph<ArticleNode, ArticleEdge>; related: { article: Article; shared: EntityShort[]; score: number }[];
}

export interface StoreResult { id: string | null; outcome: "new" | "changed" | "same" | "failed"; reason: string | null; given_id: string | null; mentions: number; entities: string[] }
export interface CypherAnswer { data: { fields: string[]; values: unknown[][] }; truncated: boolean }
export interface Stats { articles: number; entities: number; mentions: number; ties: number; database: string }
export interface Problem { title: string; status: number; detail: string; code: string; line?: number; column?: number }

/** How to show an article's box elsewhere. */
export interface Embedding { html: string; box: string; svg: string; png: string }
