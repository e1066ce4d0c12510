import { useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { formPath, get, post, remove, request } from "./http";
import { keys } from "./keys";
import type { ActionDone, Count, Deletion, ListQuery, Prepared, RecordJson, RecordPage, RelatedQuery, Values } from "./types";

export function listRecords(app: string, form: string, query: ListQuery, signal?: AbortSignal): Promise<RecordPage> {
  return get<RecordPage>(formPath(app, form, "/records"), { ...query }, signal);
}

export function useRecord(app: string, form: string, id: number) {
  return useQuery({
    queryKey: keys.record(app, form, id),
    queryFn: ({ signal }) => get<RecordJson>(formPath(app, form, `/records/${id}`), undefined, signal),
    enabled: Number.isFinite(id),
  });
}

const relatedPath = (app: string, form: string, id: number, inverse: string): string =>
  formPath(app, form, `/records/${id}/related/${encodeURIComponent(inverse)}`);

/** Count and sums come with the first page. */
export function useRelated(app: string, form: string, id: number, inverse: string, query: RelatedQuery) {
  return useInfiniteQuery({
    queryKey: keys.related(app, form, id, inverse, query),
    queryFn: ({ pageParam, signal }) =>
      get<RecordPage>(
        relatedPath(app, form, id, inverse),
        { ...query, summary: pageParam === null ? query.summary : "", cursor: pageParam, count: pageParam === null ? "capped" : "none" },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** How many records each related list holds; undefined until it is known. */
export function useRelatedCounts(app: string, form: string, id: number, lists: readonly { readonly inverse: string; readonly filter: string | null }[]): readonly (Count | undefined)[] {
  return useQueries({
    queries: lists.map(({ inverse, filter }) => ({
      queryKey: keys.relatedCount(app, form, id, inverse, filter),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<RecordPage>(relatedPath(app, form, id, inverse), { filter, fields: ["id"], limit: 1, count: "capped" }, signal).then((page) => page.count),
    })),
  }).map(({ data }) => data ?? undefined);
}

/** Quick look-up of a relation's target records by typed text. */
export function useLookup(app: string, form: string, text: string, enabled: boolean, filter?: string) {
  return useQuery({
    queryKey: keys.lookup(app, form, text, filter),
    queryFn: ({ signal }) => listRecords(app, form, { search: text, filter, fields: ["id"], limit: 20, count: "none" }, signal),
    enabled,
    placeholderData: (before) => before,
  });
}

export function prepareRecord(
  app: string,
  form: string,
  id: number | undefined,
  values: Values,
  copyOf?: number,
  signal?: AbortSignal,
): Promise<Prepared> {
  const body = { values, ...(id === undefined ? {} : { id }), ...(copyOf === undefined ? {} : { copy_of: copyOf }) };
  return post<Prepared>(formPath(app, form, "/records/prepare"), body, signal);
}

/** After any write, everything shown of any form is asked for again: relations and formulas may reach anywhere. */
export function useRefreshRecords() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["form"] });
}

/** What a save was warned of and somebody wants all the same. */
export type Confirmed = "duplicates" | undefined;

/** What a copy of a record begins with; asked anew for every copy. */
export function useCopy(app: string, form: string, id: number | undefined) {
  return useQuery({
    queryKey: keys.copy(app, form, id ?? 0),
    queryFn: ({ signal }) => get<{ readonly values: Values }>(formPath(app, form, `/records/${id}/duplicate`), {}, signal),
    enabled: id !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Stores a new record; as a copy of `copyOf` it may hold the files of that one. */
/** The run that has to approve a new record before it is one; undefined for one that was stored. */
export const proposedIn = (saved: { readonly id: number | null; readonly $proposed?: unknown }): number | undefined =>
  saved.id === null && typeof saved.$proposed === "number" ? saved.$proposed : undefined;

export function useCreateRecord(app: string, form: string, copyOf?: number) {
  const refresh = useRefreshRecords();
  const [path, body] = copyOf === undefined
    ? ["/records", (values: Values) => values] as const
    : [`/records/${copyOf}/duplicate`, (values: Values) => ({ values })] as const;
  return useMutation({
    mutationFn: ({ values, confirm }: { values: Values; confirm?: Confirmed }) => request<RecordJson>(formPath(app, form, path), { method: "POST", query: { confirm }, body: body(values) }),
    onSuccess: () => void refresh(),
  });
}

export function useUpdateRecord(app: string, form: string, id: number) {
  const client = useQueryClient();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: ({ revision, values, confirm }: { revision: number; values: Values; confirm?: Confirmed }) =>
      request<RecordJson>(formPath(app, form, `/records/${id}`), { method: "PATCH", query: { confirm }, body: { revision, ...values } }),
    onSuccess: (record) => {
      client.setQueryData(keys.record(app, form, id), record);
      void refresh();
    },
  });
}

/** Changes a related list of a record: other records point at it, or no longer do. */
export function useChangeList(app: string, form: string, record: RecordJson) {
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: ({ list, add = [], remove: gone = [], confirm }: { list: string; add?: readonly number[]; remove?: readonly number[]; confirm?: Confirmed }) =>
      request<RecordJson>(formPath(app, form, `/records/${record.id}`), { method: "PATCH", query: { confirm }, body: { revision: record.revision, [list]: { add, remove: gone } } }),
    onSuccess: () => void refresh(),
  });
}

/** What deleting a record would do to others. */
export function useDeletion(app: string, form: string, id: number) {
  return useQuery({
    queryKey: keys.deletion(app, form, id),
    queryFn: ({ signal }) => get<Deletion>(formPath(app, form, `/records/${id}/deletion`), undefined, signal),
    staleTime: 0,
  });
}

export function useDeleteRecord(app: string, form: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, revision }: { id: number; revision: number }) =>
      remove(formPath(app, form, `/records/${id}`), { revision }),
    onSuccess: (_, { id }) => {
      // The deleted record may still be on the screen for a moment: asking for it again would only fail.
      const gone = (key: readonly unknown[]) => key[1] === app && key[2] === form && key[4] === id;
      void client.invalidateQueries({ queryKey: ["form"], predicate: ({ queryKey }) => !gone(queryKey) });
      void client.invalidateQueries({ queryKey: keys.record(app, form, id), refetchType: "none" });
    },
  });
}

export function useRestoreRecord(app: string, form: string) {
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: (id: number) => post<RecordJson>(formPath(app, form, `/records/${id}/restore`)),
    onSuccess: () => void refresh(),
  });
}

const actionPath = (app: string, form: string, id: number, action: string): string =>
  formPath(app, form, `/records/${id}/actions/${encodeURIComponent(action)}`);

/** What a button would fill in. */
export function usePrefill(app: string, form: string, id: number, action: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.record(app, form, id), "action", action] as const,
    queryFn: ({ signal }) => get<{ readonly form: string; readonly values: Values }>(actionPath(app, form, id, action), undefined, signal),
    enabled,
    gcTime: 0,
    staleTime: 0,
  });
}

/** Uses a button of a record. */
export function useRunAction(app: string, form: string, id: number) {
  const client = useQueryClient();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: ({ action, revision, values, confirm }: { action: string; revision: number; values: Values; confirm?: Confirmed }) =>
      post<ActionDone>(actionPath(app, form, id, action), { revision, values, ...(confirm ? { confirm } : {}) }),
    onSuccess: ({ record }) => {
      client.setQueryData(keys.record(app, form, id), record);
      void refresh();
    },
  });
}
