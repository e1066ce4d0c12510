import { useMemo, useRef } from "react";
import type { Describe, FieldInfo, Json, Values } from "@/api";
import { enteredLines, firstLines, givenToLines, linesOf, subformsOf, type EnteredLine, type EnteredLines } from "@/model/lines";
import type { LiveRules } from "./useLiveRules";

/** The value of a subform as it stands: as typed, as saved, or as the server begins a new record. */
export function subformValue(key: string, field: FieldInfo, base: Values, touched: Values, prepared: Values): Json {
  return touched[key] ?? base[key] ?? firstLines(field, prepared[key]);
}

/** The same list as before as long as it holds the same lines. */
function steady(before: readonly EnteredLine[] | undefined, now: readonly EnteredLine[]): readonly EnteredLine[] {
  return before && before.length === now.length && before.every((line, row) => line === now[row]) ? before : now;
}

/** The lines of every subform of a form, with everything that was saved, typed and given by the server. */
export function useDraftLines(describe: Describe, base: Values, touched: Values, { prepared, asked }: LiveRules): EnteredLines {
  const last = useRef<EnteredLines>({});
  const given = useMemo(
    () => new Map(subformsOf(describe).map(([key, field]) => [key, givenToLines(field, asked[key] ?? base[key], prepared, key)])),
    [describe, base, asked, prepared],
  );
  return useMemo(() => {
    const found = subformsOf(describe).map(([key, field]) => {
      const lines = linesOf(subformValue(key, field, base, touched, prepared.values));
      return [key, steady(last.current[key], enteredLines(field, lines, base[key], given.get(key) ?? new Map()))] as const;
    });
    last.current = Object.fromEntries(found);
    return last.current;
  }, [describe, base, touched, prepared, given]);
}
