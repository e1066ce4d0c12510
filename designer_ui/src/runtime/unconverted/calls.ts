import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { get, remove } from "@/api";

/** A value that could not become the new type of its field; the record's title is null when it is deleted. */
export interface UnconvertedValue {
  readonly id: number;
  readonly form: string;
  readonly field: string;
  readonly record: { readonly id: number; readonly title: string | null };
  readonly value: string;
  readonly version: number;
  readonly at: string;
}

interface Page {
  readonly values: readonly UnconvertedValue[];
  readonly next_cursor: string | null;
}

const path = (app: string): string => `/apps/${encodeURIComponent(app)}/unconverted`;
const key = (app: string) => ["unconverted", app] as const;

export function useUnconverted(app: string) {
  return useInfiniteQuery({
    queryKey: key(app),
    queryFn: ({ pageParam, signal }) => get<Page>(path(app), { cursor: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useForgetUnconverted(app: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => remove(`${path(app)}/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: key(app) }),
  });
}
