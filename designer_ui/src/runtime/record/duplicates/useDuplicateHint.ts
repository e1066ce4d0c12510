import { useEffect, useMemo, useRef, useState } from "react";
import { findDuplicates, type Describe, type DuplicateHint, type Values } from "@/api";
import { sentValues } from "@/model/draft";
import { searchedValues } from "@/model/duplicates";

const SETTLE = 400;
const NOTHING: DuplicateHint = { matches: [], issues: [] };

interface Typed {
  readonly base: Values;
  readonly values: Values;
  readonly changed: Values;
}

/**
 * Asks whether a record with the typed values is there already, once typing pauses and one of the values that are
 * compared has changed. An answer is shown only as long as it is about what stands in the form.
 */
export function useDuplicateHint(describe: Describe, id: number | undefined, { base, values, changed }: Typed): DuplicateHint {
  const { app, key: form } = describe;
  const [answer, setAnswer] = useState({ question: "", hint: NOTHING });
  const question = useMemo(() => JSON.stringify(searchedValues(describe, base, values, changed)), [describe, base, values, changed]);
  const sent = useRef(changed);
  const asks = question !== "null" && question !== answer.question;
  useEffect(() => {
    sent.current = changed;
  }, [changed]);
  useEffect(() => {
    if (!asks) return;
    const abort = new AbortController();
    const ask = async () => {
      try {
        const hint = await findDuplicates(app, form, id, sentValues(sent.current), abort.signal);
        if (!abort.signal.aborted) setAnswer({ question, hint });
      } catch {
        // A hint that does not come is none: saving looks again.
      }
    };
    const timer = setTimeout(() => void ask(), SETTLE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [app, form, id, asks, question]);
  return question === answer.question ? answer.hint : NOTHING;
}
