import { useQuery } from "@tanstack/react-query";
import { get } from "./http";
import { keys } from "./keys";
import type { DepartmentJson, UserJson } from "./types";

export function useUsers(text: string, enabled = true) {
  return useQuery({
    queryKey: keys.users(text),
    queryFn: ({ signal }) =>
      get<{ users: UserJson[] }>("/users", { search: text, limit: 50 }, signal).then((answer) => answer.users),
    staleTime: 60_000,
    enabled,
    placeholderData: (before) => before,
  });
}

export function useDepartments(enabled = true) {
  return useQuery({
    queryKey: keys.departments,
    queryFn: ({ signal }) =>
      get<{ departments: DepartmentJson[] }>("/departments", undefined, signal).then((answer) => answer.departments),
    staleTime: 300_000,
    enabled,
  });
}
