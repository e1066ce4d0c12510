/** The groups of a list with their counts and sums, and the records of the open ones. */
import { keys, type Describe, type Json, type ListQuery, type RecordPage } from "@/api";
import { optionsOf } from "@/catalogue/settings";
import { isBlank, shownType } from "@/catalogue/registry";
import { joinFilters } from "@/model/filter";
import { groupFilter, groupKey, type GroupValue, type ListState } from "@/model/view";
import { useFormat, type Format } from "@/ui/format";
import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { fieldsOf, valueType, visibleColumns } from "./fields";
import type { GridItem, GroupInfo } from "./grid/types";
import { queryRecords, useAggregate, type AggregateRow, type Measure } from "./records";

const FIRST = 50;
const STEPS: readonly number[] = [FIRST, 200, 1000];
const OPEN_AT_START = 8;

/** A value of a group as the aggregate call gives it. */
export function asGroupValue(value: Json | undefined): GroupValue {
  if (value === undefined || isBlank(value)) return null;
  if (typeof value === "object") return value as GroupValue & object;
  return value;
}

function sumMeasures(describe: Describe, state: ListState, measure: string | null): Record<string, Measure> {
  const fields = fieldsOf(describe);
  const summed = visibleColumns(state.columns, fields).filter((key) => key === measure || fields[key]?.type === "money");
  return Object.fromEntries(summed.map((key) => [`sum_${key}`, { fn: "sum" as const, field: key }]));
}

function compareGroups(describe: Describe, field: string, format: Format): (a: GroupInfo, b: GroupInfo) => number {
  const info = fieldsOf(describe)[field];
  const order = info && valueType(info) === "choice" ? optionsOf(info).map((option) => option.key) : [];
  const text = (value: GroupValue): string => (info && value !== null ? shownType(info).text(value, info, format) : "");
  return (a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const [first, second] = [order.indexOf(String(a.value)), order.indexOf(String(b.value))];
    return first !== second ? first - second : text(a.value).localeCompare(text(b.value), format.language);
  };
}

function asGroup(row: AggregateRow, field: string, open: (key: string) => boolean): GroupInfo {
  const value = asGroupValue(row[field]);
  const key = groupKey(value);
  const sums = Object.entries(row).flatMap(([name, sum]) =>
    name.startsWith("sum_") && sum !== null ? [[name.slice("sum_".length), Number(sum)] as const] : [],
  );
  return { key, value, count: Number(row["n"] ?? 0), sums: Object.fromEntries(sums), open: open(key) };
}

export function useGroups(describe: Describe, state: ListState, query: ListQuery, measure: string | null) {
  const { app, key: form } = describe;
  const field = state.groupBy;
  const format = useFormat();
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [limits, setLimits] = useState<ReadonlyMap<string, number>>(new Map());
  const aggregate = useAggregate(
    app,
    form,
    {
      group_by: [field],
      measures: { n: { fn: "count" }, ...sumMeasures(describe, state, measure) },
      ...(state.filter ? { filter: state.filter } : {}),
      ...(state.search ? { search: state.search } : {}),
    },
    field !== "",
  );
  const groups = useMemo(() => {
    const rows = field === "" ? [] : (aggregate.data ?? []);
    const open = (key: string): boolean => !(folded.get(key) ?? rows.length > OPEN_AT_START);
    return rows.map((row) => asGroup(row, field, open)).sort(compareGroups(describe, field, format));
  }, [aggregate.data, folded, field, describe, format]);
  const open = groups.filter((group) => group.open);
  const pages = useQueries({
    queries: open.map((group) => {
      const limit = limits.get(group.key) ?? FIRST;
      const filter = joinFilters(state.filter, groupFilter(field, group.value));
      const wanted: ListQuery = { ...query, filter, limit, count: "none" };
      return {
        queryKey: keys.records(app, form, wanted),
        queryFn: ({ signal }: { signal: AbortSignal }) => queryRecords(app, form, wanted, signal),
        placeholderData: (before: RecordPage | undefined) => before,
      };
    }),
  });
  const items = groups.flatMap((group): GridItem[] => {
    const head: GridItem = { kind: "group", key: `group/${group.key}`, group };
    const page = pages[open.indexOf(group)];
    if (!group.open || !page) return [head];
    const records = page.data?.records ?? [];
    const lines = records.map((record): GridItem => ({ kind: "record", key: `${group.key}/${record.id}`, record }));
    const waiting = page.isPending ? [{ kind: "wait" as const, key: `wait/${group.key}` }] : [];
    const rest = group.count - records.length;
    const limit = limits.get(group.key) ?? FIRST;
    const more = page.data?.next_cursor && limit < (STEPS.at(-1) ?? FIRST);
    const last: GridItem[] = more ? [{ kind: "more", key: `more/${group.key}`, group: group.key, rest, loading: page.isFetching }] : [];
    return [head, ...lines, ...waiting, ...last];
  });
  return {
    aggregate,
    items,
    toggle: (key: string) => {
      const group = groups.find((item) => item.key === key);
      if (group) setFolded(new Map(folded).set(key, group.open));
    },
    more: (key: string) => {
      const now = limits.get(key) ?? FIRST;
      setLimits(new Map(limits).set(key, STEPS.find((step) => step > now) ?? now));
    },
  };
}
