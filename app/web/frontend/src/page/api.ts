// Questions to the service. Its address is that of the page, so nothing is ever asked of anybody else.
import type { Problem } from "../shared/types";

export type Parameters = Record<string, string | number | boolean | null | undefined | readonly string[]>;

/** What the service answered instead; `message` is meant for people. */
export class Failed extends Error {
  constructor(readonly problem: Problem) { super(problem.detail || problem.title); }
}

const KEY = "eig-key";
/** The key for writing: kept for as long as the tab is open, and nowhere else. */
export const key = {
  get: (): string | null => { try { return sessionStorage.getItem(KEY); } catch { return null; } },
  set: (value: string): void => { try { sessionStorage.setItem(KEY, value); } catch { /* a private window: asked for again */ } },
  forget: (): void => { try { sessionStorage.removeItem(KEY); } catch { /* there is none */ } },
};

/** The address of a question, relative to the page. */
export function apiPath(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === false) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return `api/v1/${path}${text === "" ? "" : `?${text}`}`;
}
/** An id as a part of a path. */
export const segment = (id: string): string => encodeURIComponent(id);

async function answered<T>(response: Response): Promise<T> {
  const body: unknown = response.headers.get("content-type")?.includes("json") ? await response.json() : null;
  if (response.ok) return body as T;
  const problem = (body ?? { title: response.statusText, status: response.status, detail: "", code: "" }) as Problem;
  throw new Failed(problem);
}

let waiting = 0;
function wait(more: 1 | -1): void {
  waiting += more;
  document.documentElement.toggleAttribute("data-asking", waiting > 0);
}

/** While something is waited for, that stands in the page, for whoever looks at it from outside. */
export async function busy<T>(work: Promise<T>): Promise<T> {
  wait(1);
  try { return await work; } finally { wait(-1); }
}

async function send<T>(path: string, options: RequestInit): Promise<T> {
  try {
    return await busy(fetch(path, options).then((response) => answered<T>(response)));
  } catch (error) {
    if (error instanceof Failed || (error instanceof DOMException && error.name === "AbortError")) throw error;
    throw new Error("The service does not answer. Is it running?");
  }
}

/** The answer to a question. Throws Failed, or an AbortError where `signal` ends it. */
export const ask = <T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> =>
  send<T>(apiPath(path, parameters), signal === undefined ? {} : { signal });

/** Send JSON, with the key where there is one. */
export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const known = key.get();
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (known !== null) headers["Authorization"] = `Bearer ${known}`;
  return send<T>(apiPath(path), { method: "POST", headers, body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) });
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

/** The newest of several questions of one kind: an older one is dropped when a newer one is asked. */
export class Latest {
  #asked: AbortController | null = null;
  start(): AbortSignal { this.stop(); this.#asked = new AbortController(); return this.#asked.signal; }
  stop(): void { this.#asked?.abort(); this.#asked = null; }
}
