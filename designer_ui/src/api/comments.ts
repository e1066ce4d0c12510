import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { formPath, get, patch, post, remove } from "./http";
import { keys } from "./keys";
import type { CommentJson, MentionsJson, PersonJson, RecordFile, TimelinePage } from "./types";

const MINUTE = 60_000;

export function useTimeline(app: string, form: string, id: number, kinds: string) {
  return useInfiniteQuery({
    queryKey: keys.timeline(app, form, id, kinds),
    queryFn: ({ pageParam, signal }) => get<TimelinePage>(formPath(app, form, `/records/${id}/timeline`), { kinds, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
}

function useRefreshTimeline(app: string, form: string, id: number) {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["form", app, form, "timeline", id] });
    void client.invalidateQueries({ queryKey: keys.files(app, form, id) });
  };
}

/** All files of a record, the newest first; `more`: there are older ones. */
export function useRecordFiles(app: string, form: string, id: number) {
  return useQuery({
    queryKey: keys.files(app, form, id),
    queryFn: ({ signal }) => get<{ readonly files: readonly RecordFile[]; readonly more: boolean }>(formPath(app, form, `/records/${id}/files`), undefined, signal),
  });
}

/** Adds a comment, or with `comment` gives one another text and other files. */
export function useSayComment(app: string, form: string, id: number) {
  const refresh = useRefreshTimeline(app, form, id);
  const path = formPath(app, form, `/records/${id}/comments`);
  return useMutation({
    mutationFn: ({ text, files, comment }: { text: string; files: readonly number[]; comment?: number | undefined }) =>
      comment === undefined ? post<CommentJson>(path, { text, files }) : patch<CommentJson>(`${path}/${comment}`, { text, files }),
    onSuccess: refresh,
  });
}

export function useDeleteComment(app: string, form: string, id: number) {
  const refresh = useRefreshTimeline(app, form, id);
  return useMutation({
    mutationFn: (comment: number) => remove(formPath(app, form, `/records/${id}/comments/${comment}`)),
    onSuccess: refresh,
  });
}

/** People who may see a record: those one may mention. */
export function usePeopleWhoSee(app: string, form: string, id: number, search: string | null) {
  return useQuery({
    queryKey: ["people", app, form, id, search] as const,
    queryFn: ({ signal }) =>
      get<{ people: PersonJson[] }>(formPath(app, form, `/records/${id}/people`), { search }, signal).then((answer) => answer.people),
    enabled: search !== null,
    staleTime: MINUTE,
    placeholderData: (before) => before,
  });
}

/** Comments that mention me. */
export function useMentions() {
  return useQuery({
    queryKey: keys.mentions,
    queryFn: ({ signal }) => get<MentionsJson>("/mentions", undefined, signal),
    staleTime: MINUTE,
    refetchInterval: 2 * MINUTE,
  });
}

export function useReadMentions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (comments: readonly number[] | undefined) => post("/mentions/read", comments ? { comments } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.mentions }),
  });
}
