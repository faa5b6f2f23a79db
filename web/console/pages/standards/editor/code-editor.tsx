/** The text of one file: coloured, completed, with the loader's faults at their places. Loaded only where rules are read. */
import { acceptCompletion, autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { RuleProblem } from "../words.ts";
import { type Known, offersAt, type RuleFile } from "./complete.ts";
import { rulesLanguage } from "./language.ts";
import "../../../styles/editor.css";

interface CodeEditorProps {
  file: RuleFile;
  label: string;
  value: string;
  readOnly: boolean;
  known: Known;
  /** Of this file. */
  problems: readonly RuleProblem[];
  /** A place to go to; a new object goes again. */
  goTo: { line: number; column: number } | null;
  onChange: (text: string) => void;
}

const BOOST = { fact: 2, variable: 3, parameter: 2, function: 0, word: 1, choice: 4, key: 0 } as const;
const TYPES = {
  ...{ fact: "variable", variable: "function", parameter: "constant", function: "method" },
  ...{ word: "keyword", choice: "enum", key: "property" },
} as const;

export default function CodeEditor(props: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  // The extensions live as long as the view; what they read is of now.
  const now = useRef(props);
  now.current = props;
  const lock = useRef(new Compartment());

  useEffect(() => {
    const { value, readOnly, label, file } = now.current;
    const complete = (context: CompletionContext) => {
      const found = offersAt(file, context.state.doc.toString(), context.pos, now.current.known);
      if (!found || (!context.explicit && context.pos === found.from && !afterDot(context))) return null;
      return {
        from: found.from,
        options: found.offers.map((o) => ({
          label: o.label,
          detail: o.detail,
          apply: o.insert ?? o.label,
          boost: BOOST[o.kind],
          type: TYPES[o.kind],
        })),
        validFor: /^[\p{L}\p{N}_]*$/u,
      };
    };
    const editor = new EditorView({
      parent: box.current as HTMLDivElement,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          bracketMatching(),
          indentUnit.of("  "),
          EditorView.lineWrapping,
          rulesLanguage(),
          autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }),
          // Tab takes what is offered, else indents; Escape first, and Tab leaves the editor.
          keymap.of([
            { key: "Tab", run: acceptCompletion },
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
          EditorState.phrases.of({
            "No diagnostics": "没有问题",
            Diagnostics: "问题",
            Completions: "可填的",
          }),
          lock.current.of(EditorState.readOnly.of(readOnly)),
          EditorView.updateListener.of((u) => {
            if (u.docChanged) now.current.onChange(u.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  const { value, readOnly, problems, goTo } = props;
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: lock.current.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor)
      editor.dispatch(
        setDiagnostics(
          editor.state,
          problems.map((p) => diagnostic(editor, p)),
        ),
      );
  }, [problems]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || !goTo) return;
    const at = placeIn(editor, goTo);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    editor.focus();
  }, [goTo]);
  return <div ref={box} className="code-editor" data-testid={`editor-${props.file}`} />;
}

const afterDot = (c: CompletionContext) =>
  /[."]$/.test(c.state.doc.sliceString(Math.max(0, c.pos - 1), c.pos));

function placeIn(editor: EditorView, { line, column }: { line: number; column: number }): number {
  const { doc } = editor.state;
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(at.to, at.from + Math.max(0, column - 1));
}

/** From the place to the end of the word that stands there. */
function diagnostic(editor: EditorView, p: RuleProblem): Diagnostic {
  const from = placeIn(editor, p);
  const { doc } = editor.state;
  const rest = doc.sliceString(from, doc.lineAt(from).to);
  const word = /^[\p{L}\p{N}_.]+/u.exec(rest)?.[0].length ?? Math.min(1, rest.length);
  return { from, to: from + word, severity: "error", message: `${p.message}。${p.mend}` };
}
