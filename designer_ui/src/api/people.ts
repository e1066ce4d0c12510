import { useQuery } from "@tanstack/react-query";
import { get } from "./http";
import { keys } from "./keys";
import type { DepartmentJson, OrganisationJson, UserJson } from "./types";

/** People by a text; with `external` those of external organisations too, after all others. */
export function useUsers(text: string, enabled = true, external = false) {
  return useQuery({
    queryKey: keys.users(text, external),
    queryFn: ({ signal }) =>
      get<{ users: UserJson[] }>("/users", { search: text, limit: 50, ...(external ? { external } : {}) }, signal).then((answer) => answer.users),
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

/** The external organisations that can be chosen. */
export function useOrganisations(enabled = true) {
  return useQuery({
    queryKey: keys.organisations,
    queryFn: ({ signal }) =>
      get<{ organisations: OrganisationJson[] }>("/organisations", undefined, signal).then((answer) => answer.organisations),
    staleTime: 60_000,
    enabled,
  });
}
