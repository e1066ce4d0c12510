import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, patch, request } from "@/api";
import type { Calendar, CalendarDay } from "./days";

const KEY = ["settings", "calendar"];

export const useCalendar = () => useQuery({ queryKey: KEY, queryFn: ({ signal }) => get<Calendar>("/calendar", undefined, signal) });

export interface CalendarChange {
  readonly weekdays?: readonly number[];
  readonly days?: readonly CalendarDay[];
  readonly remove?: readonly string[];
}

export function useChangeCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: CalendarChange) => patch<Calendar>("/calendar", change),
    onSuccess: (calendar) => client.setQueryData(KEY, calendar),
  });
}

export interface CalendarImported {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly calendar: Calendar;
}

/** What a file would change (`dryRun`), or the change itself. */
export function useImportCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, dryRun }: { file: File; dryRun: boolean }) => {
      const form = new FormData();
      form.set("file", file);
      return request<CalendarImported>("/calendar/import", { method: "POST", form, query: { dry_run: dryRun } });
    },
    onSuccess: (imported) => client.setQueryData(KEY, imported.calendar),
  });
}
