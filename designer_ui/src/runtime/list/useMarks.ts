/** Which colours the records of a list have; the server judges the conditions of the rules. */
import { formPath, keys, post, type RecordJson } from "@/api";
import { colorsOf, type ColorRule, type RecordColors } from "@/model/view";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

/** The most records one call takes. */
const CALL = 1000;

type Marks = Readonly<Record<string, readonly number[]>>;

async function marksOf(app: string, form: string, ids: readonly number[], rules: readonly ColorRule[], signal: AbortSignal): Promise<Marks> {
  const conditions = rules.map((rule) => rule.when);
  const found: Record<string, readonly number[]> = {};
  for (let start = 0; start < ids.length; start += CALL) {
    const answer = await post<{ marks: Marks }>(formPath(app, form, "/records/marks"), { ids: ids.slice(start, start + CALL), conditions }, signal);
    Object.assign(found, answer.marks);
  }
  return found;
}

const NO_COLORS: RecordColors = { row: null, cells: {} };

/** The colours of each record; asked for again when a record has been saved. */
export function useRecordColors(app: string, form: string, records: readonly RecordJson[], rules: readonly ColorRule[]): (record: RecordJson) => RecordColors {
  const state = useMemo(() => records.map(({ id, revision }) => `${id}.${revision}`).join(), [records]);
  const marks = useQuery({
    queryKey: [...keys.form(app, form), "marks", rules, state] as const,
    queryFn: ({ signal }): Promise<Marks> => marksOf(app, form, records.map((record) => record.id), rules, signal),
    enabled: rules.length > 0 && records.length > 0,
    placeholderData: (before) => before,
  }).data;
  const colors = useMemo(
    () => new Map(Object.entries(rules.length > 0 ? (marks ?? {}) : {}).map(([id, holding]) => [id, colorsOf(rules, holding)])),
    [marks, rules],
  );
  return useCallback((record) => colors.get(String(record.id)) ?? NO_COLORS, [colors]);
}
