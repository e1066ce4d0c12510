import { useEffect, useRef, useState } from "react";
import { prepareRecord, type Prepared, type Values } from "@/api";
import { sentValues } from "@/model/draft";

const SETTLE = 250;
const NOTHING: Prepared = { values: {}, fields: {}, sections: {}, issues: [] };
const UNASKED: LiveRules = { prepared: NOTHING, asked: {}, ready: true };

interface Target {
  readonly app: string;
  readonly form: string;
  readonly id?: number | undefined;
  /** The record that a new one is a copy of. */
  readonly copyOf?: number | undefined;
  /** False: the form has no rules, defaults or formulas, so nobody is asked. */
  readonly live: boolean;
}

export interface LiveRules {
  readonly prepared: Prepared;
  /** The touched values to which it is the answer. */
  readonly asked: Values;
  /** False until the first answer: defaults and hidden fields are not known yet. */
  readonly ready: boolean;
}

/**
 * Asks the server what the touched values lead to: defaults, computed values, which fields show.
 * The first question goes out at once, later ones when typing pauses and one of `reasons` has changed (all touched
 * values, or those that the browser cannot judge); an older question is given up, so the last answer always belongs
 * to the last reasons. Null: there is nothing to ask.
 */
export function useLiveRules({ app, form, id, copyOf, live }: Target, touched: Values, reasons: Values | null = touched): LiveRules {
  const [state, setState] = useState<LiveRules>({ prepared: NOTHING, asked: {}, ready: !live });
  const asked = useRef(false);
  const answered = useRef<string | null>(null);
  const values = useRef(touched);
  const question = reasons && JSON.stringify(sentValues(reasons));
  useEffect(() => {
    values.current = touched;
  }, [touched]);
  useEffect(() => {
    if (!live) return;
    if (question === null) {
      answered.current = null;
      return setState(UNASKED);
    }
    const asking = `${app}/${form}/${id} ${question}`;
    if (asking === answered.current) return;
    const abort = new AbortController();
    const ask = async () => {
      asked.current = true;
      try {
        const sent = values.current;
        const prepared = await prepareRecord(app, form, id, sentValues(sent), copyOf, abort.signal);
        if (abort.signal.aborted) return;
        answered.current = asking;
        setState({ prepared, asked: sent, ready: true });
      } catch {
        // The form stays usable without live rules; saving checks everything again.
        if (!abort.signal.aborted) setState((before) => ({ ...before, ready: true }));
      }
    };
    const timer = setTimeout(() => void ask(), asked.current ? SETTLE : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [app, form, id, copyOf, live, question]);
  return question === null ? UNASKED : state;
}
