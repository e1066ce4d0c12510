import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put, taskKeys, type Notifications } from "@/api";

export function useNotifications() {
  return useInfiniteQuery({
    queryKey: [...taskKeys.notifications, "list"],
    queryFn: ({ pageParam, signal }) => get<Notifications>("/notifications", { limit: 30, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchOnWindowFocus: true,
  });
}

/** Marks these as read, or all. */
export function useReadNotifications() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (notifications: readonly number[] | undefined) => post("/notifications/read", notifications ? { notifications } : {}),
    onSettled: () => client.invalidateQueries({ queryKey: taskKeys.notifications }),
  });
}

export interface NotificationSettings {
  /** Whether one gets a mail, by kind. */
  readonly mail: Readonly<Record<string, boolean>>;
}

const SETTINGS = [...taskKeys.notifications, "settings"];

export function useNotificationSettings() {
  return useQuery({ queryKey: SETTINGS, queryFn: ({ signal }) => get<NotificationSettings>("/me/notification-settings", undefined, signal) });
}

export function useSaveNotificationSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: NotificationSettings) => put<NotificationSettings>("/me/notification-settings", settings),
    onSuccess: (saved) => client.setQueryData(SETTINGS, saved),
  });
}
