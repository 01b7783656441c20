// Articles out of files that were dropped: JSON, JSON lines, Markdown with front matter, saved pages, plain text.

export type ArticleRecord = Record<string, unknown>;

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;
const isRecord = (value: unknown): value is ArticleRecord => typeof value === "object" && value !== null && !Array.isArray(value);

/** The articles of a file. Throws an error that says what is wrong with it. */
export async function readFile(file: File): Promise<ArticleRecord[]> {
  const text = await file.text();
  const kind = file.name.toLowerCase().split(".").at(-1);
  if (kind === "jsonl" || kind === "ndjson") return fromLines(text);
  if (kind === "json") return fromJson(text);
  if (kind === "html" || kind === "htm") return [withId(fromPage(text), file)];
  if (kind === "md" || kind === "markdown") return [withId(fromMarkdown(text), file)];
  if (kind === "txt") return [withId(fromText(text), file)];
  throw new Error("is of a kind that is not read here: JSON, JSON lines, Markdown, HTML or text");
}

/** A file's name is the article's id unless it says where it was published. */
const withId = (article: ArticleRecord, file: File): ArticleRecord => (article["url"] === undefined ? { id: file.name, ...article } : article);

function fromJson(text: string): ArticleRecord[] {
  const read: unknown = JSON.parse(text);
  const articles = Array.isArray(read) ? read : isRecord(read) && Array.isArray(read["articles"]) ? read["articles"] : [read];
  return articles.filter(isRecord);
}

function fromLines(text: string): ArticleRecord[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try { return [JSON.parse(line) as unknown]; } catch { throw new Error(`has no JSON on line ${i + 1}`); }
  }).filter(isRecord);
}

/** The first line is the title. */
export function fromText(text: string): ArticleRecord {
  const [title = "", ...rest] = text.trim().split("\n");
  return rest.length === 0 ? { text: title } : { title: title.replace(/^#+ */, "").trim(), text: rest.join("\n").trim() };
}

function fromMarkdown(text: string): ArticleRecord {
  const front = FRONT_MATTER.exec(text);
  const rest = front === null ? text : text.slice(front[0].length);
  const heading = /^# +(.+)$/m.exec(rest)?.[1];
  const body = rest.replace(/^# +.+$/m, "").replace(/[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}/g, "$1").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").trim();
  return { ...(heading === undefined ? {} : { title: heading }), ...(front === null ? {} : fields(front[1] as string)), text: body };
}

/** The simple kind of front matter: `name: value`, and lists as `[a, b]` or as lines with dashes. */
function fields(front: string): ArticleRecord {
  const found: ArticleRecord = {};
  const bare = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, "$2");
  let list: string[] | null = null;
  for (const line of front.split("\n")) {
    const item = /^\s*- (.+)$/.exec(line)?.[1];
    if (item !== undefined) { list?.push(bare(item)); continue; }
    const [, name, value = ""] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    list = null;
    const several = /^\[(.*)\]$/.exec(value.trim())?.[1];
    if (value.trim() === "") { list = []; found[name] = list; }
    else found[name] = several === undefined ? bare(value) : several.split(",").map(bare).filter(Boolean);
  }
  return found;
}

/** A saved page: nothing of it runs or loads, it is only read. */
function fromPage(text: string): ArticleRecord {
  const page = new DOMParser().parseFromString(text, "text/html");
  const meta = (name: string): string | undefined => page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content") ?? undefined;
  const root = page.querySelector("article") ?? page.querySelector("main") ?? page.body;
  const url = page.querySelector("link[rel=canonical]")?.getAttribute("href") ?? meta("og:url");
  const told = {
    url, title: meta("og:title") ?? page.querySelector("h1")?.textContent?.trim() ?? page.title, publisher: meta("og:site_name"),
    published_at: meta("article:published_time") ?? page.querySelector("time[datetime]")?.getAttribute("datetime"),
    text: [...root.querySelectorAll("p")].map((paragraph) => paragraph.textContent?.trim() ?? "").filter(Boolean).join("\n\n"),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined && value !== null && value !== ""));
}
