/** The records of a tree: branch by branch as they are opened, or all at once that were looked for. */
import { formPath, keys, post, type RecordJson } from "@/api";
import { branchesOf, pathUp, treeRows, type Branch, type Parent, type TreeNode, type TreePage, type TreeRow } from "@/model/tree";
import { formatSort } from "@/model/view";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { fieldsOf, visibleColumns } from "../list/fields";
import type { Total } from "../list/totals";
import type { ListHandle } from "../list/useListState";
import { useOpenBranches } from "./useOpen";

/** Records of the first page of a branch, and of each further one. */
const FIRST = 200;
const FURTHER = 1000;
/** So many records that were found are shown with all above them, opened; of more only the branches. */
export const MOST_FOUND = 1000;

interface Ask {
  readonly parent: Parent;
  readonly cursor: string | null;
}

export interface Tree {
  readonly rows: readonly TreeRow[];
  readonly pending: boolean;
  readonly busy: boolean;
  /** Why not even the top could be loaded. */
  readonly error: unknown;
  /** More was found than is opened at once. */
  readonly cut: boolean;
  readonly setOpen: (ids: readonly number[], open: boolean) => void;
  readonly more: (parent: Parent) => void;
  readonly retry: () => void;
  /** A record as it is now, wherever it stands. */
  readonly show: (record: RecordJson) => void;
  /** Asks again for what a record's move from one parent to another changes, counts and totals above them too. */
  readonly refresh: (from: Parent, to: Parent) => void;
}

export function useTree(list: ListHandle, relation: string, totals: readonly Total[]): Tree {
  const { describe, state, view, where } = list;
  const { app, key: form } = describe;
  const client = useQueryClient();
  const open = useOpenBranches(`${app}.${form}.${view.key}.${relation}`);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [pages, setPages] = useState<ReadonlyMap<Parent, number>>(new Map());
  const base = useMemo(
    () => ({
      relation,
      ...(where ? { filter: where } : {}),
      ...(state.search ? { search: state.search } : {}),
      ...(state.sort.length > 0 ? { sort: formatSort(state.sort) } : {}),
      fields: [...new Set([relation, ...visibleColumns(state.columns, fieldsOf(describe))])],
      totals: Object.fromEntries(totals.map(({ field, fn }) => [field, fn])),
    }),
    [relation, where, state.search, state.sort, state.columns, describe, totals],
  );
  const treeKey = useMemo(() => [...keys.form(app, form), "tree"] as const, [app, form]);
  const ask = (part: Record<string, unknown>, signal: AbortSignal) => post<TreePage>(formPath(app, form, "/records/tree"), { ...base, ...part }, signal);

  // What the view itself leaves out is no search: its branches are opened by hand.
  const searched = state.search !== "" || where !== (view.filter ?? "");
  const found = useQuery({
    queryKey: [...treeKey, base, "found"],
    queryFn: ({ signal }) => ask({ found: true, limit: MOST_FOUND }, signal),
    enabled: searched,
    placeholderData: (before) => before,
  });
  const cut = searched && !!found.data && found.data.next_cursor !== null;
  const whole = searched && !cut;

  const keyOf = ({ parent, cursor }: Ask) => [...treeKey, base, parent, cursor];
  const asks = whole ? [] : wanted((one) => client.getQueryData<TreePage>(keyOf(one)), open.ids, pages);
  const answers = useQueries({
    queries: asks.map((one) => ({
      queryKey: keyOf(one),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask({ parent: one.parent, limit: one.cursor === null ? FIRST : FURTHER, ...(one.cursor === null ? {} : { cursor: one.cursor }) }, signal),
    })),
  });
  const branches = new Map<Parent, Branch>();
  asks.forEach(({ parent }, place) => {
    const answer = answers[place];
    const before = branches.get(parent);
    const data = answer?.data;
    branches.set(parent, {
      pages: data ? [...(before?.pages ?? []), data] : (before?.pages ?? []),
      rest: data ? data.next_cursor !== null : (before?.rest ?? false),
      loading: !data && !answer?.error,
      error: data ? null : (answer?.error ?? null),
    });
  });
  const foundBranches = useMemo(() => (found.data ? branchesOf(found.data) : new Map<Parent, Branch>()), [found.data]);
  const rows = whole ? treeRows(foundBranches, (id) => !folded.has(id)) : treeRows(branches, (id) => open.ids.has(id));
  const top = branches.get(null);

  const setOpen = useCallback(
    (ids: readonly number[], opened: boolean) => {
      open.set(ids, opened);
      setFolded((before) => new Set(opened ? [...before].filter((id) => !ids.includes(id)) : [...before, ...ids]));
    },
    [open],
  );
  const everyPage = useCallback((): readonly TreePage[] => client.getQueriesData<TreePage>({ queryKey: treeKey }).flatMap(([, page]) => page ?? []), [client, treeKey]);
  return {
    rows,
    pending: whole ? found.isPending : (top?.pages.length ?? 0) === 0 && !top?.error,
    busy: whole ? found.isFetching : answers.some((answer) => answer.isFetching),
    error: whole ? found.error : (top?.pages.length ?? 0) === 0 ? (top?.error ?? null) : null,
    cut,
    setOpen,
    more: useCallback((parent: Parent) => setPages((before) => new Map(before).set(parent, (before.get(parent) ?? 1) + 1)), []),
    retry: () => void client.refetchQueries({ queryKey: treeKey, type: "active", predicate: (query) => query.state.status === "error" }),
    show: (record) =>
      void client.setQueriesData<TreePage>({ queryKey: treeKey }, (page) =>
        page && { ...page, records: page.records.map((old) => (old.id === record.id ? { ...old, ...record } : old)) },
      ),
    refresh: (from, to) => {
      const places = new Map<number, TreeNode>(everyPage().flatMap((page) => Object.entries(page.nodes).map(([id, node]) => [Number(id), node] as const)));
      const known = [from, to].every((id) => id === null || places.has(id));
      const touched = new Set<unknown>([null, "found", ...[from, to].flatMap((id) => pathUp(id, (above) => places.get(above)?.parent))]);
      const branchAt = treeKey.length + 1;
      void client.invalidateQueries({
        queryKey: ["form"],
        predicate: ({ queryKey }) => !known || queryKey[3] !== "tree" || touched.has(queryKey[branchAt]),
      });
    },
  };
}

/** The pages that what is open needs, as far as it is known: a branch's next page by where the one before ends. */
function wanted(known: (ask: Ask) => TreePage | undefined, open: ReadonlySet<number>, pages: ReadonlyMap<Parent, number>): readonly Ask[] {
  const asks: Ask[] = [];
  const below: Parent[] = [null];
  const seen = new Set<Parent>(below);
  for (let parent = below.pop(); parent !== undefined; parent = below.pop()) {
    let cursor: string | null = null;
    for (let left = pages.get(parent) ?? 1; left > 0; left -= 1) {
      const ask: Ask = { parent, cursor };
      asks.push(ask);
      const page = known(ask);
      if (!page) break;
      for (const { id } of page.records) {
        if (open.has(id) && (page.nodes[id]?.children ?? 0) > 0 && !seen.has(id)) {
          seen.add(id);
          below.push(id);
        }
      }
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
  }
  return asks;
}
