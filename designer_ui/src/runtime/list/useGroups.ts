/** The groups of a list, level by level, with their totals, and the records of the open ones. */
import { formPath, keys, post, type Describe, type Json, type ListQuery, type RecordPage } from "@/api";
import { optionsOf } from "@/catalogue/settings";
import { isBlank, shownType } from "@/catalogue/registry";
import { joinFilters } from "@/model/filter";
import { groupFilter, groupKey, parseLevels, type GroupLevel, type GroupValue, type ListState } from "@/model/view";
import { useFormat, type Format } from "@/ui/format";
import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { fieldsOf, groupableInList, periodicInList, valueType } from "./fields";
import type { GridItem, GroupInfo } from "./grid/types";
import { aggregateKey, queryRecords, type AggregateRow } from "./records";
import { measuresOf, valuesOf, type Total } from "./totals";

const FIRST = 50;
const STEPS: readonly number[] = [FIRST, 200, 1000];
const OPEN_AT_START = 8;

/** A group with what lies in it: groups of the next level, or records. */
interface Node {
  readonly info: GroupInfo;
  readonly filter: string;
  readonly children: readonly Node[];
}

/** A value of a group as the aggregate call gives it. */
export function asGroupValue(value: Json | undefined): GroupValue {
  if (value === undefined || isBlank(value)) return null;
  if (typeof value === "object") return value as GroupValue & object;
  return value;
}

/** The levels that this person's fields allow; dates always have a period. */
export function levelsOf(describe: Describe, groupBy: string): readonly GroupLevel[] {
  const fields = fieldsOf(describe);
  return parseLevels(groupBy).flatMap((level): GroupLevel[] => {
    const field = fields[level.field];
    if (!field || !groupableInList(field)) return [];
    return [{ field: level.field, by: periodicInList(field) ? (level.by ?? "month") : null }];
  });
}

function compareGroups(describe: Describe, field: string, format: Format): (a: GroupInfo, b: GroupInfo) => number {
  const info = fieldsOf(describe)[field];
  const order = info && valueType(info) === "choice" ? optionsOf(info).map((option) => option.key) : [];
  const text = (group: GroupInfo): string => {
    if (group.by !== null) return String(group.value);
    return info && group.value !== null ? shownType(info).text(group.value, info, format) : "";
  };
  return (a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const [first, second] = [order.indexOf(String(a.value)), order.indexOf(String(b.value))];
    return first !== second ? first - second : text(a).localeCompare(text(b), format.language, { numeric: true });
  };
}

interface Building {
  readonly describe: Describe;
  readonly levels: readonly GroupLevel[];
  /** The rows of each level's aggregate call, by the path of the group they lie in. */
  readonly rows: readonly ReadonlyMap<string, readonly AggregateRow[]>[];
  readonly totals: readonly Total[];
  readonly folded: ReadonlyMap<string, boolean>;
  readonly format: Format;
}

const pathOf = (row: AggregateRow, levels: readonly GroupLevel[]): string => levels.map(({ field }) => groupKey(asGroupValue(row[field]))).join("/");

function nodesIn(building: Building, depth: number, parent: string, filter: string): readonly Node[] {
  const { describe, levels, rows, totals, folded, format } = building;
  const level = levels[depth];
  const here = rows[depth];
  if (!level || !here) return [];
  const many = [...here.values()].reduce((sum, list) => sum + list.length, 0) > OPEN_AT_START;
  const nodes = (here.get(parent) ?? []).map((row): Node => {
    const value = asGroupValue(row[level.field]);
    const key = pathOf(row, levels.slice(0, depth + 1));
    const own = joinFilters(filter, groupFilter(level.field, value, level.by));
    const open = !(folded.get(key) ?? many);
    const info = { key, value, field: level.field, by: level.by, level: depth + 1, count: Number(row["n"] ?? 0), totals: valuesOf(row, totals), open };
    return { info, filter: own, children: open ? nodesIn(building, depth + 1, key, own) : [] };
  });
  const compare = compareGroups(describe, level.field, format);
  return nodes.sort((a, b) => compare(a.info, b.info));
}

function* leavesOf(nodes: readonly Node[], deepest: number): Generator<Node> {
  for (const node of nodes) {
    if (!node.info.open) continue;
    if (node.info.level === deepest) yield node;
    else yield* leavesOf(node.children, deepest);
  }
}

/** One call per level: averages and different values cannot be added up from those of smaller groups. */
function useLevels(describe: Describe, levels: readonly GroupLevel[], totals: readonly Total[], { filter, search }: ListQuery) {
  const { app, key: form } = describe;
  return useQueries({
    queries: levels.map((_, depth) => {
      const wanted = {
        group_by: levels.slice(0, depth + 1).map(({ field, by }) => (by === null ? field : { field, by })),
        measures: measuresOf(totals),
        ...(filter ? { filter } : {}),
        ...(search ? { search } : {}),
      };
      return {
        queryKey: [...aggregateKey(app, form), wanted] as const,
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          post<{ rows: AggregateRow[] }>(formPath(app, form, "/records/aggregate"), wanted, signal).then((answer) => answer.rows),
        placeholderData: (before: AggregateRow[] | undefined) => before,
      };
    }),
  });
}

function byParent(rows: readonly AggregateRow[], above: readonly GroupLevel[]): ReadonlyMap<string, readonly AggregateRow[]> {
  const found = new Map<string, AggregateRow[]>();
  for (const row of rows) {
    const path = pathOf(row, above);
    found.set(path, [...(found.get(path) ?? []), row]);
  }
  return found;
}

/** The groups of a list whose conditions are those of `query`; without levels there are none. */
export function useGroups(describe: Describe, state: ListState, query: ListQuery, totals: readonly Total[]) {
  const { app, key: form } = describe;
  const format = useFormat();
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [limits, setLimits] = useState<ReadonlyMap<string, number>>(new Map());
  const levels = useMemo(() => levelsOf(describe, state.groupBy), [describe, state.groupBy]);
  const answers = useLevels(describe, levels, totals, query);
  const data = answers.map((answer) => answer.data);
  const nodes = useMemo(() => {
    // While one level is on its way, rows of another grouping would only be mistaken for groups.
    const rows = data.map((found, depth) => byParent(found ?? [], levels.slice(0, depth)));
    return nodesIn({ describe, levels, rows, totals, folded, format }, 0, "", query.filter ?? "");
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the answers are compared one by one
  }, [...data, levels, totals, folded, describe, format, query.filter]);
  const leaves = [...leavesOf(nodes, levels.length)];
  const pages = useQueries({
    queries: leaves.map(({ info, filter }) => {
      const wanted: ListQuery = { ...query, filter, limit: limits.get(info.key) ?? FIRST, count: "none" };
      return {
        queryKey: keys.records(app, form, wanted),
        queryFn: ({ signal }: { signal: AbortSignal }) => queryRecords(app, form, wanted, signal),
        placeholderData: (before: RecordPage | undefined) => before,
      };
    }),
  });
  const linesOf = (node: Node): GridItem[] => {
    const { info } = node;
    const head: GridItem = { kind: "group", key: `group/${info.key}`, group: info };
    if (!info.open) return [head];
    if (info.level < levels.length) return [head, ...node.children.flatMap(linesOf)];
    const page = pages[leaves.indexOf(node)];
    if (!page) return [head];
    const records = page.data?.records ?? [];
    const lines = records.map((record): GridItem => ({ kind: "record", key: `${info.key}/${record.id}`, record }));
    const limit = limits.get(info.key) ?? FIRST;
    // As many as will come, the line for more of them included: nothing below is to move under somebody's hand.
    const expected = page.isPending ? Math.min(info.count, limit + 1) : 0;
    const waiting = Array.from({ length: expected }, (_, index) => ({ kind: "wait" as const, key: `wait/${info.key}/${index}` }));
    const more = page.data?.next_cursor && limit < (STEPS.at(-1) ?? FIRST);
    const last: GridItem[] = more ? [{ kind: "more", key: `more/${info.key}`, group: info.key, rest: info.count - records.length, loading: page.isFetching }] : [];
    return [head, ...lines, ...waiting, ...last];
  };
  const items = nodes.flatMap(linesOf);
  return {
    levels: levels.length,
    isPending: answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.error)?.error ?? null,
    items,
    toggle: (key: string) => {
      const found = items.find((item) => item.kind === "group" && item.group.key === key);
      if (found?.kind === "group") setFolded(new Map(folded).set(key, found.group.open));
    },
    more: (key: string) => {
      const now = limits.get(key) ?? FIRST;
      setLimits(new Map(limits).set(key, STEPS.find((step) => step > now) ?? now));
    },
  };
}
