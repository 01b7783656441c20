// The editor of the Cypher console. It lives in a shadow root, whose style sheets a strict policy lets it make.
import { autocompletion, completeFromList, completionKeymap, type Completion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { h } from "../shared/dom";

const KEYWORDS = ["MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "SKIP", "LIMIT", "DISTINCT", "AS", "AND", "OR", "NOT", "IN",
  "CONTAINS", "STARTS WITH", "ENDS WITH", "EXISTS", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "DESC", "CALL", "YIELD", "UNION"];

/** What the service says can be asked about. */
export interface Schema {
  labels: { name: string; properties: string[] }[];
  relationship_types: { name: string; properties: string[] }[];
  properties: string[];
  functions: string[];
  procedures: string[];
}

function completions(schema: Schema | null): Completion[] {
  const of = (type: string, detail: string, names: readonly string[] = [], apply?: (name: string) => string): Completion[] =>
    names.map((label) => ({ label, type, detail, ...(apply === undefined ? {} : { apply: apply(label) }) }));
  return [
    ...of("keyword", "", KEYWORDS),
    ...of("class", "label", schema?.labels.map(({ name }) => name)),
    ...of("interface", "relationship", schema?.relationship_types.map(({ name }) => name)),
    ...of("property", "property", schema?.properties),
    ...of("function", "function", schema?.functions, (name) => `${name}(`),
    ...of("function", "procedure", schema?.procedures),
  ];
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--place)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.variableName, color: "var(--state)" },
  { tag: [tags.atom, tags.number, tags.bool], color: "var(--organization)" },
]);
const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--raised)", fontSize: "14px" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "none" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { backgroundColor: "var(--bar) !important" },
  ".cm-matchingBracket": { backgroundColor: "var(--bar)", outline: "none" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--border)", borderRadius: "4px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8", fontStyle: "italic" },
});

export class Editor {
  readonly #view: EditorView;

  /** `run`: what Ctrl Enter does; `schema` is looked up when a completion is asked for, so that it may come later. */
  constructor(host: HTMLElement, run: () => void, schema: () => Schema | null) {
    const root = host.attachShadow({ mode: "open" });
    const parent = h("div");
    root.append(parent);
    const language = StreamLanguage.define(cypher);
    this.#view = new EditorView({
      parent, root,
      state: EditorState.create({
        extensions: [
          // Tab is not taken: whoever has no mouse can leave.
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }])),
          lineNumbers(), history(), bracketMatching(), autocompletion({ icons: false }), EditorView.lineWrapping,
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          language, language.data.of({ autocomplete: (context: Parameters<ReturnType<typeof completeFromList>>[0]) => completeFromList(completions(schema()))(context) }),
          syntaxHighlighting(COLOURS), LOOK,
          EditorView.contentAttributes.of({ "aria-label": "Cypher statement. Control Enter runs it, Control Space completes." }),
        ],
      }),
    });
  }

  get text(): string { return this.#view.state.doc.toString(); }

  set text(text: string) {
    if (text !== this.text) this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Put the cursor where an error is; lines and columns count from 1. */
  point(line: number, column: number): void {
    const { doc } = this.#view.state;
    if (line < 1 || line > doc.lines) return;
    const { from, to } = doc.line(line);
    this.#view.dispatch({ selection: { anchor: Math.min(to, from + Math.max(0, column - 1)) }, scrollIntoView: true });
    this.#view.focus();
  }

  focus(): void { this.#view.focus(); }
}
