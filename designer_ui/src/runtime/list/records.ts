/** Pages of records by cursor, and small changes of what is already loaded. */
import {
  formPath, get, keys, post,
  type ListQuery, type RecordJson, type RecordPage, type Values,
} from "@/api";
import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";

/** Long filters travel in the body: addresses have a limited length. */
const LONGEST_ADDRESS = 3000;

export function queryRecords(app: string, form: string, query: ListQuery, signal?: AbortSignal): Promise<RecordPage> {
  const { filter = "" } = query;
  if (encodeURIComponent(filter).length > LONGEST_ADDRESS) {
    return post<RecordPage>(formPath(app, form, "/records/query"), query, signal);
  }
  return get<RecordPage>(formPath(app, form, "/records"), { ...query }, signal);
}

export type RecordPages = InfiniteData<RecordPage, string | null>;

/** How the pages of one list are asked for; the first page brings the count. */
export function recordPagesOptions(app: string, form: string, query: ListQuery) {
  return {
    queryKey: keys.records(app, form, query),
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      queryRecords(
        app,
        form,
        { ...query, cursor: pageParam ?? undefined, count: pageParam === null ? query.count : "none" },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: RecordPage) => page.next_cursor,
  };
}

export function useRecordPages(app: string, form: string, query: ListQuery, enabled = true) {
  return useInfiniteQuery({
    ...recordPagesOptions(app, form, query),
    enabled,
    placeholderData: (before: RecordPages | undefined) => before,
  });
}

export function useExactCount(app: string, form: string, query: ListQuery, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.form(app, form), "count", query] as const,
    queryFn: ({ signal }) =>
      queryRecords(app, form, { ...query, fields: ["id"], limit: 1, count: "exact" }, signal).then((page) => page.count),
    enabled,
  });
}

export const aggregateKey = (app: string, form: string) => [...keys.form(app, form), "aggregate"] as const;

export interface Measure {
  readonly fn: "count" | "sum" | "average" | "min" | "max" | "count_distinct";
  readonly field?: string;
}

export interface AggregateQuery {
  readonly group_by: readonly (string | { readonly field: string; readonly by: string })[];
  readonly measures: Readonly<Record<string, Measure>>;
  readonly filter?: string;
  readonly search?: string;
}

export type AggregateRow = Values;

export function useAggregate(app: string, form: string, query: AggregateQuery, enabled = true) {
  return useQuery({
    queryKey: [...aggregateKey(app, form), query] as const,
    queryFn: ({ signal }) =>
      post<{ rows: AggregateRow[] }>(formPath(app, form, "/records/aggregate"), query, signal).then((answer) => answer.rows),
    enabled,
    placeholderData: (before) => before,
  });
}

/** Puts records as they are now into every loaded page that holds them. */
export function showRecords(client: QueryClient, app: string, form: string, records: readonly RecordJson[]): void {
  const now = new Map(records.map((record) => [record.id, record]));
  const shown = (page: RecordPage): RecordPage => {
    if (!page.records.some(({ id }) => now.has(id))) return page;
    return { ...page, records: page.records.map((old) => (now.has(old.id) ? { ...old, ...now.get(old.id) } : old)) };
  };
  client.setQueriesData<RecordPages | RecordPage>({ queryKey: [...keys.form(app, form), "records"] }, (data) =>
    data && "pages" in data ? { ...data, pages: data.pages.map(shown) } : data && shown(data),
  );
}

export function showRecord(client: QueryClient, app: string, form: string, record: RecordJson): void {
  showRecords(client, app, form, [record]);
}

/**
 * Asks again for what a saved record may have changed elsewhere: counts, other forms, open record pages. The
 * list itself stays as it is, so that a row does not jump away under the hand that edits it.
 */
export function useRefreshAround(app: string, form: string): () => void {
  const client = useQueryClient();
  return () => {
    const list = [...keys.form(app, form), "records"].join("\n");
    void client.invalidateQueries({
      queryKey: ["form"],
      predicate: (query) => query.queryKey.slice(0, 4).join("\n") !== list,
    });
  };
}
