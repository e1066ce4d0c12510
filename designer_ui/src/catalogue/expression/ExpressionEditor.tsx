/** An expression being written: its text with chips, completion and hints, its problems, and what comes out of it. */
import { pathLabel, typeLabel, type Problem } from "@/model/expression";
import { useErrorText } from "@/ui/ErrorView";
import { IconAlertCircle, IconCircleCheck } from "@tabler/icons-react";
import { useEffect, useId, useImperativeHandle, useRef, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "./calls";
import CodeEditor, { type EditorHandle } from "./CodeEditor";
import type { Lexicon } from "./code/lexicon";
import { useCheck, type Verdict } from "./useCheck";
import { useLexicon } from "./useLexicon";
import "./expression.css";

export interface ExpressionEditorProps {
  readonly ref?: Ref<EditorHandle>;
  readonly subject: Subject;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The kind of value that must come out: "boolean", "money", ... */
  readonly expects?: string | undefined;
  readonly label: string;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  /** Ctrl+Enter. */
  readonly onSubmit?: (() => void) | undefined;
  readonly onVerdict?: ((verdict: Verdict) => void) | undefined;
}

export default function ExpressionEditor({ ref, subject, value, onChange, expects, label, placeholder, autoFocus, onSubmit, onVerdict }: ExpressionEditorProps) {
  const lexicon = useLexicon(subject);
  const verdict = useCheck(subject, value, expects);
  const editor = useRef<EditorHandle>(null);
  const status = useId();
  useImperativeHandle(ref, () => editor.current as EditorHandle);
  useEffect(() => onVerdict?.(verdict), [verdict, onVerdict]);
  // Places of an older text would point beside what is meant.
  const problems = verdict.text === value ? verdict.problems : NONE;
  return (
    <div className={problems.length > 0 ? "x-editor wrong" : "x-editor"}>
      <CodeEditor
        ref={editor}
        value={value}
        onChange={onChange}
        onSubmit={onSubmit}
        lexicon={lexicon}
        problems={problems}
        label={label}
        describedBy={status}
        placeholder={placeholder}
        autoFocus={autoFocus}
      />
      <div id={status} className={verdict.text === value ? "x-status" : "x-status stale"} aria-live="polite">
        <Status verdict={verdict} lexicon={lexicon} expects={expects} onFix={({ from, to, insert }) => editor.current?.replace({ from, to }, insert)} />
      </div>
    </div>
  );
}

const NONE: readonly Problem[] = [];
const NUMBERS = new Set(["number", "money", "percent"]);

/** Whether a type is what is wanted; an amount of money is a number, and the other way round. */
const fits = (type: string, wanted: string): boolean => type === wanted || (NUMBERS.has(type) && NUMBERS.has(wanted));

interface StatusProps {
  readonly verdict: Verdict;
  readonly lexicon: Lexicon;
  readonly expects: string | undefined;
  readonly onFix: (fix: NonNullable<Problem["fix"]>) => void;
}

function Status({ verdict, lexicon, expects, onFix }: StatusProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const words = (type: string): string => typeLabel(lexicon.names, type, lexicon.show, lexicon.listOf);
  if (verdict.failure) return <p className="x-problem">{errorText(verdict.failure)}</p>;
  if (verdict.problems.length > 0) {
    return (
      <ul>
        {verdict.problems.map((problem, index) => (
          <li key={index} className="x-problem">
            <IconAlertCircle size={16} aria-hidden />
            <span>{problem.message}</span>
            {problem.fix ? <Fix fix={problem.fix} lexicon={lexicon} onFix={onFix} /> : null}
          </li>
        ))}
      </ul>
    );
  }
  if (verdict.type === null) return expects === undefined ? null : <p className="x-result muted">{t("expression.needs", { type: words(expects) })}</p>;
  return (
    <p className="x-result">
      <IconCircleCheck size={16} aria-hidden />
      <span>
        {expects === undefined || fits(verdict.type, expects)
          ? t("expression.gives", { type: words(expects ?? verdict.type) })
          : t("expression.takenAs", { type: words(verdict.type), wanted: words(expects) })}
      </span>
    </p>
  );
}

function Fix({ fix, lexicon, onFix }: Pick<StatusProps, "lexicon" | "onFix"> & { fix: NonNullable<Problem["fix"]> }) {
  const { t } = useTranslation();
  const path = /^\{(.+)\}$/.exec(fix.insert)?.[1];
  const shown = (path === undefined ? null : pathLabel(lexicon.names, path, lexicon.show)) ?? fix.insert;
  return (
    <button type="button" className="x-fix" onClick={() => onFix(fix)}>
      {t("expression.replaceBy", { text: shown })}
    </button>
  );
}
