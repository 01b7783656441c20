// The start page: search, an entity's strongest co-mentions, the sentences of a pair, and intersections.
// What is shown stands in the address (#entity=Q794&entity=Q41053&measure=npmi), so back and sharing work.

const MEASURES = { llr: "log-likelihood", npmi: "NPMI", jaccard: "Jaccard", articles: "shared articles" };
const at = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function ask(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of [value].flat()) query.append(name, one);
  const response = await fetch(`api/v1/${path}?${query}`);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail);
  return body;
}

function state() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const measure = hash.get("measure");
  return { entities: hash.getAll("entity"), pair: hash.get("pair"), measure: measure in MEASURES ? measure : "llr" };
}

function go({ entities, pair = null, measure = state().measure }) {
  const hash = new URLSearchParams(entities.map((id) => ["entity", id]));
  if (pair) hash.set("pair", pair);
  if (measure !== "llr") hash.set("measure", measure);
  location.hash = hash;
}

function button(text, label, action) {
  const node = make("button", { type: "button", onclick: action }, text);
  if (label) node.setAttribute("aria-label", label);
  return node;
}

const choose = (id) => { const { entities } = state(); go({ entities: [...new Set([...entities, id])].slice(0, 8) }); };
const entityButton = (entity) =>
  button(`${entity.name} · ${entity.type.replace("_", " ")} · ${number.format(entity.articles)}`,
    `${entity.name}, ${entity.type.replace("_", " ")}, in ${entity.articles} articles: choose`, () => choose(entity.id));

function section(title, ...children) { return make("section", {}, make("h2", {}, title), ...children); }

// --- search ---------------------------------------------------------------------------------------------------------

let typed = 0;
async function suggest() {
  const turn = ++typed;
  const q = at("q").value.trim();
  const found = q ? (await ask("entities", { q, limit: 8 })).results : [];
  if (turn !== typed) return; // a newer letter was typed meanwhile
  at("suggestions").replaceChildren(...found.map((entity) => make("li", {}, entityButton(entity))));
  say(!q ? "" : found.length ? `${found.length} suggestions` : `Nothing is called “${q}”.`);
}

function say(text) { at("status").textContent = text; }
async function trying(work) { try { await work(); } catch (error) { say(`That did not work: ${error.message}`); } }

// --- answers --------------------------------------------------------------------------------------------------------

function ties(results, chosen, measure) {
  const most = Math.max(...results.map((tie) => tie[measure]), Number.EPSILON);
  return make("ol", { className: "bars" }, ...results.map((tie) => {
    const strength = measure === "articles" ? number.format(tie.articles) : tie[measure].toFixed(2);
    const name = make("span", {}, tie.entity.name, " ", make("small", {},
      `${tie.entity.type.replace("_", " ")} · ${number.format(tie.articles)} shared articles · ${MEASURES[measure]} ${strength}`));
    const proof = chosen.length === 1
      ? [button("Sentences", `Sentences that name both, with ${tie.entity.name}`, () => go({ entities: chosen, pair: tie.entity.id }))] : [];
    const meter = make("meter", { min: 0, max: most, value: Math.max(tie[measure], 0) });
    meter.setAttribute("aria-hidden", "true");
    return make("li", {}, name, ...proof, button("Add", `Add ${tie.entity.name}`, () => choose(tie.entity.id)), meter);
  }));
}

function marked(sentence, wanted) {
  const letters = Array.from(sentence.text); // offsets are code points
  const quote = make("blockquote");
  let last = 0;
  for (const mention of [...sentence.mentions].sort((a, b) => a.start - b.start)) {
    if (!wanted.includes(mention.entity) || mention.start < last) continue;
    quote.append(letters.slice(last, mention.start).join(""), make("mark", {}, letters.slice(mention.start, mention.end).join("")));
    last = mention.end;
  }
  quote.append(letters.slice(last).join(""));
  return quote;
}

function source(article) {
  const title = article.title || article.url || "Untitled";
  const safe = /^https?:/.test(article.url ?? "");
  const name = safe ? make("a", { href: article.url, rel: "noreferrer" }, title) : title;
  return make("small", {}, name, [article.publisher, article.published_at].filter(Boolean).map((part) => ` · ${part}`).join(""));
}

function evidence(entries, wanted) {
  return make("ul", { className: "evidence" }, ...entries.map(({ article, sentences }) =>
    make("li", {}, ...sentences.map((sentence) => marked(sentence, wanted)), source(article))));
}

function measureChoice(current) {
  const options = Object.entries(MEASURES).map(([value, text]) => new Option(text, value, false, value === current));
  const select = make("select", { id: "measure", onchange: () => go({ ...state(), measure: select.value }) }, ...options);
  return make("p", {}, make("label", { htmlFor: "measure" }, "Rank by"), select);
}

async function showStart() {
  const { results } = await ask("entities", { limit: 8 });
  return [section("Most mentioned", results.length
    ? make("ul", { className: "chips" }, ...results.map((entity) => make("li", {}, entityButton(entity))))
    : make("p", {}, "No articles yet: eig ingest FILE brings some in."))];
}

async function showEntity(entity, measure) {
  const { results, total } = await ask(`entities/${encodeURIComponent(entity.id)}/co-mentions`, { measure, limit: 20 });
  const list = results.length ? ties(results, [entity.id], measure) : make("p", {}, "No other entity is named with it.");
  return [make("p", { className: "soft" }, entity.description || ""), measureChoice(measure),
    section(`Named with ${entity.name} (${results.length} of ${number.format(total)})`, list)];
}

async function showPair(entity, other) {
  const path = `pairs/${encodeURIComponent(entity.id)}/${encodeURIComponent(other)}/evidence`;
  const { results, total } = await ask(path, { limit: 20 });
  const entries = results.map(({ article, sentence }) => ({ article, sentences: [sentence] }));
  return [button("Back to all ties", null, () => go({ entities: [entity.id] })),
    section(`Sentences that name both (${results.length} of ${number.format(total)})`, evidence(entries, [entity.id, other]))];
}

async function showIntersection(ids, measure) {
  const found = await ask("intersections", { entity: ids, measure, limit: 10 });
  const { articles, co_mentioned: others } = found;
  return [section(`Articles that name all of them (${number.format(articles.total)})`,
    articles.total ? evidence(articles.results, ids) : make("p", {}, "No article names all of them.")),
    ...(others.results.length ? [measureChoice(measure), section("Also named there", ties(others.results, ids, measure))] : [])];
}

let shown = 0;
async function show() {
  const turn = ++shown;
  const { entities: ids, pair, measure } = state();
  at("q").value = "";
  at("suggestions").replaceChildren();
  say("");
  const chosen = await Promise.all(ids.map((id) => ask(`entities/${encodeURIComponent(id)}`)));
  const parts = chosen.length === 0 ? await showStart()
    : chosen.length > 1 ? await showIntersection(ids, measure)
    : pair ? await showPair(chosen[0], pair) : await showEntity(chosen[0], measure);
  if (turn !== shown) return; // the address has changed meanwhile
  at("chosen").replaceChildren(...chosen.map((entity) => make("li", {}, button(`${entity.name} ×`, `Remove ${entity.name}`,
    () => go({ entities: ids.filter((id) => id !== entity.id) })))));
  at("answer").replaceChildren(...parts);
}

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  at("suggestions").querySelector("button")?.click();
});
at("q").addEventListener("input", () => trying(suggest));
addEventListener("hashchange", () => trying(show));
trying(show);
trying(async () => {
  const { articles, entities } = await ask("stats");
  at("size").textContent = `· ${number.format(articles)} articles, ${number.format(entities)} entities`;
});
