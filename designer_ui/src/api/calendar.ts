import { useQuery } from "@tanstack/react-query";
import { get } from "./http";

export interface WorkspaceCalendar {
  readonly weekdays: readonly number[];
  readonly days: readonly { readonly day: string; readonly working: boolean; readonly name: string }[];
}

/** Which days are worked in the workspace. */
export function useWorkspaceCalendar() {
  return useQuery({
    queryKey: ["calendar"] as const,
    queryFn: ({ signal }) => get<WorkspaceCalendar>("/calendar", undefined, signal),
    staleTime: 3_600_000,
  });
}
