/** Asks the server about an expression, a moment after somebody has stopped typing. */
import { problemsOf, type Problem } from "@/model/expression";
import { useEffect, useState } from "react";
import { checkExpression, type Subject } from "./calls";

export interface Verdict {
  /** The text it is about; older than what is typed until the server has answered. */
  readonly text: string;
  readonly type: string | null;
  readonly problems: readonly Problem[];
  /** The server could not be asked. */
  readonly failure: unknown;
}

const WAIT = 300;
const NOTHING: Verdict = { text: "", type: null, problems: [], failure: null };

export function useCheck(subject: Subject, text: string, expects: string | undefined): Verdict {
  const { app, form, draft = false, place } = subject;
  const [verdict, setVerdict] = useState<Verdict>(NOTHING);
  useEffect(() => {
    if (text.trim() === "") return setVerdict({ ...NOTHING, text });
    const control = new AbortController();
    const timer = setTimeout(() => {
      checkExpression({ app, form, draft, ...(place === undefined ? {} : { place }) }, text, expects, control.signal).then(
        ({ type, issues }) => setVerdict({ text, type, problems: problemsOf(text, issues), failure: null }),
        (failure: unknown) => {
          if (!control.signal.aborted) setVerdict({ text, type: null, problems: [], failure });
        },
      );
    }, WAIT);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [app, form, draft, place, text, expects]);
  return verdict;
}
