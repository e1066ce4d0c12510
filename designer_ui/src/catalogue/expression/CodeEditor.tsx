/** The text of an expression in CodeMirror; everything that is known about it comes in from outside. */
import type { Problem, Range } from "@/model/expression";
import { pageNonce } from "@/ui/nonce";
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { nextDiagnostic } from "@codemirror/lint";
import { Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, keymap, placeholder as placeholderOf, tooltips } from "@codemirror/view";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { chips } from "./code/chips";
import { completion } from "./code/completion";
import { hints } from "./code/help";
import { highlighting } from "./code/language";
import { lexicon, type Lexicon } from "./code/lexicon";
import { marked, setOff, showProblems } from "./code/marks";

export interface EditorHandle {
  readonly focus: () => void;
  /** Writes at the cursor, in place of what is selected. */
  readonly insert: (text: string) => void;
  readonly replace: (range: Range, text: string) => void;
  readonly setOff: (range: Range | null) => void;
}

interface Props {
  readonly ref?: Ref<EditorHandle>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Ctrl+Enter. */
  readonly onSubmit?: (() => void) | undefined;
  readonly lexicon: Lexicon | null;
  readonly problems: readonly Problem[];
  readonly label: string;
  readonly describedBy: string;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean | undefined;
}

export default function CodeEditor({ ref, value, onChange, onSubmit, lexicon: known, problems, label, describedBy, placeholder, autoFocus = false }: Props) {
  const { t, i18n } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const parts = useRef({ lexicon: new Compartment(), attributes: new Compartment(), phrases: new Compartment() });
  const live = useRef({ onChange, onSubmit });
  useLayoutEffect(() => {
    live.current = { onChange, onSubmit };
  });
  const attributes = attributesOf(label, describedBy, problems.length > 0, placeholder);
  const first = useRef({ value, autoFocus, attributes });
  useLayoutEffect(() => {
    const compartments = parts.current;
    const made = new EditorView({
      parent: place.current as HTMLElement,
      state: EditorState.create({
        doc: first.current.value,
        selection: { anchor: first.current.value.length },
        extensions: [
          BASE,
          compartments.lexicon.of([]),
          compartments.attributes.of(first.current.attributes),
          compartments.phrases.of([]),
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => submitted(live.current.onSubmit) }])),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) live.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    if (first.current.autoFocus) made.focus();
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);
  useEffect(() => {
    const now = view.current;
    if (now && now.state.doc.toString() !== value) now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.lexicon.reconfigure(known ? lexicon.of(known) : []) });
  }, [known]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.attributes.reconfigure(attributesOf(label, describedBy, problems.length > 0, placeholder)) });
  }, [label, describedBy, problems.length, placeholder]);
  useEffect(() => {
    const phrases = { Completions: t("expression.offers") };
    view.current?.dispatch({ effects: parts.current.phrases.reconfigure(EditorState.phrases.of(phrases)) });
  }, [t, i18n.language]);
  useEffect(() => {
    if (view.current) showProblems(view.current, problems, (insert) => t("expression.replaceBy", { text: insert }));
  }, [problems, t]);
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    insert: (text) => {
      view.current?.dispatch(view.current.state.replaceSelection(text), { userEvent: "input" });
      view.current?.focus();
    },
    replace: ({ from, to }, text) => {
      view.current?.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input" });
      view.current?.focus();
    },
    setOff: (range) => view.current?.dispatch({ effects: setOff.of(range ? [range] : []) }),
  }));
  return <div ref={place} className="x-code" />;
}

function submitted(submit: (() => void) | undefined): boolean {
  submit?.();
  return submit !== undefined;
}

const BASE: Extension = [
  EditorView.cspNonce.of(pageNonce()),
  EditorView.lineWrapping,
  drawSelection(),
  history(),
  highlighting,
  bracketMatching({ brackets: "()" }),
  closeBrackets(),
  chips,
  completion,
  hints,
  marked,
  tooltips({ position: "fixed" }),
  // Tab is not among them: it leaves the editor.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, { key: "F8", run: nextDiagnostic }]),
];

function attributesOf(label: string, describedBy: string, invalid: boolean, placeholder: string | undefined): Extension {
  return [
    EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy, "aria-invalid": String(invalid), spellcheck: "false" }),
    placeholder ? placeholderOf(placeholder) : [],
  ];
}
