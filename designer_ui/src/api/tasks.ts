import { useQuery } from "@tanstack/react-query";
import { get } from "./http";

const MINUTE = 60_000;

/** How many tasks wait for me, how many of them too long, and how many copies I have not read. */
export interface TaskCounts {
  readonly todo: number;
  readonly overdue: number;
  readonly copied: number;
  readonly by_app: Readonly<Record<string, number>>;
}

/** Everything about tasks starts with ["tasks"], so that a decision can refresh all of it. */
export const taskKeys = {
  all: ["tasks"] as const,
  counts: ["tasks", "counts"] as const,
  list: (query: unknown) => ["tasks", "list", query] as const,
  notifications: ["notifications"] as const,
  task: (id: number) => ["tasks", "task", id] as const,
};

/** Asked for anew every half minute while the page is looked at, and whenever one comes back to it. */
export function useTaskCounts() {
  return useQuery({
    queryKey: taskKeys.counts,
    queryFn: ({ signal }) => get<TaskCounts>("/tasks/counts", undefined, signal),
    staleTime: MINUTE / 6,
    refetchInterval: MINUTE / 2,
    refetchOnWindowFocus: true,
  });
}

export interface Notification {
  readonly id: number;
  readonly kind: string;
  /** A sentence in the reader's language. */
  readonly text: string;
  readonly at: string;
  readonly read: boolean;
  readonly task: number | null;
  readonly app: string;
  readonly form: string;
  readonly record: { readonly id: number; readonly title: string };
  readonly by: { readonly id: number; readonly name: string } | null;
}

export interface Notifications {
  readonly notifications: readonly Notification[];
  readonly unread: number;
  readonly next_cursor: string | null;
}

/** How many things one was told of that one has not read. */
export function useUnread() {
  return useQuery({
    queryKey: [...taskKeys.notifications, "unread"],
    queryFn: ({ signal }) => get<Notifications>("/notifications", { limit: 1 }, signal).then(({ unread }) => unread),
    staleTime: MINUTE / 6,
    refetchInterval: MINUTE / 2,
    refetchOnWindowFocus: true,
  });
}
