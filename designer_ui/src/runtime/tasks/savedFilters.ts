import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, patch, post, remove, taskKeys } from "@/api";
import type { TaskQuery } from "./calls";
import type { Box } from "./types";

/** What a saved filter narrows its box to. */
export type FilterQuery = Omit<TaskQuery, "box">;

export interface SavedFilter {
  readonly id: number;
  readonly box: Box;
  readonly label: string;
  readonly query: FilterQuery;
  /** Its box opens with it. */
  readonly first: boolean;
  /** How many tasks it leaves; null for what is not to do. */
  readonly count: number | null;
}

const KEY = [...taskKeys.all, "filters"];

export function useSavedFilters() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<{ readonly filters: readonly SavedFilter[] }>("/me/task-filters", undefined, signal).then(({ filters }) => filters),
    refetchInterval: 30_000,
    refetchOnWindowFocus: true,
  });
}

export function useSavedFilterCalls() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    save: useMutation({ mutationFn: (body: { readonly box: Box; readonly label: string; readonly query: FilterQuery }) => post<SavedFilter>("/me/task-filters", body), onSuccess }),
    change: useMutation({ mutationFn: ({ id, ...body }: { readonly id: number; readonly label?: string; readonly query?: FilterQuery; readonly first?: boolean }) => patch<SavedFilter>(`/me/task-filters/${id}`, body), onSuccess }),
    drop: useMutation({ mutationFn: (id: number) => remove(`/me/task-filters/${id}`), onSuccess }),
  };
}

const PARTS = ["app", "workflow", "initiator", "search", "overdue"] as const;

/** What of a query narrows the box; within an app that app does not. */
export function narrowing(query: FilterQuery, app: string | undefined): FilterQuery {
  return Object.fromEntries(PARTS.flatMap((part) => (query[part] === undefined || (part === "app" && app !== undefined) ? [] : [[part, query[part]]])));
}

/** The filters of a box that can be chosen here: in an app those of other apps cannot. */
export function filtersHere(filters: readonly SavedFilter[], box: Box, app: string | undefined): readonly SavedFilter[] {
  return filters.filter((one) => one.box === box && (app === undefined || one.query.app === undefined || one.query.app === app));
}

export function isSame(one: FilterQuery, other: FilterQuery, app: string | undefined): boolean {
  const [left, right] = [narrowing(one, app), narrowing(other, app)];
  return PARTS.every((part) => left[part] === right[part]);
}
