/** Totals of columns: which are computed, how they are asked for, and how they read. */
import type { Describe, FieldInfo, Json } from "@/api";
import { TOTAL_FUNCTIONS, type ListState, type TotalFunction } from "@/model/view";
import { fieldsOf, isNumeric, valueType, visibleColumns } from "./fields";
import type { AggregateRow, Measure } from "./records";

export interface Total {
  readonly field: string;
  readonly fn: TotalFunction;
}

const ORDERED = new Set(["date", "datetime", "time"]);

/** The functions that make sense for a column. */
export function totalsFor(field: FieldInfo): readonly TotalFunction[] {
  if (isNumeric(field)) return TOTAL_FUNCTIONS;
  const counts: readonly TotalFunction[] = field.groupable === false ? ["count"] : ["count", "count_distinct"];
  return ORDERED.has(valueType(field)) ? ["min", "max", ...counts] : counts;
}

/** The totals a list shows: those of the view, or in groups the sums of money. */
export function shownTotals(describe: Describe, state: ListState, measure: string | null): readonly Total[] {
  const fields = fieldsOf(describe);
  const columns = visibleColumns(state.columns, fields);
  const { totals } = state;
  if (totals !== null) {
    return columns.flatMap((field) => {
      const [info, fn] = [fields[field], totals[field]];
      return info && fn && totalsFor(info).includes(fn) ? [{ field, fn }] : [];
    });
  }
  if (state.groupBy === "") return [];
  return columns.filter((key) => key === measure || fields[key]?.type === "money").map((field) => ({ field, fn: "sum" as const }));
}

/** The measures of one aggregate call: `n` counts the records, `t0`, `t1`, ... are the totals in their order. */
export function measuresOf(totals: readonly Total[]): Readonly<Record<string, Measure>> {
  return { n: { fn: "count" }, ...Object.fromEntries(totals.map(({ field, fn }, place) => [`t${place}`, { fn, field }])) };
}

/** The totals of one row of an answer, by column. */
export function valuesOf(row: AggregateRow, totals: readonly Total[]): Readonly<Record<string, Json>> {
  return Object.fromEntries(totals.map(({ field }, place) => [field, row[`t${place}`] ?? null]));
}
