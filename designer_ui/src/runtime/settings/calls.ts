import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, keys, patch, post, put, remove, type UserJson } from "@/api";
import type { BilingualText } from "@/ui/format";
import type { Administrator, Department, Invited, PasswordLink, Person, PersonPage, Role } from "./types";

/** Rows that a list of people fetches at once. */
const PAGE = 50;

export interface PeopleFilter {
  readonly search?: string;
  readonly state?: string | null;
  readonly department?: number | null;
  readonly with_below?: boolean;
  readonly role?: string | null;
}

export function usePeople(filter: PeopleFilter) {
  return useInfiniteQuery({
    queryKey: ["settings", "people", filter],
    queryFn: ({ pageParam, signal }) => get<PersonPage>("/people", { ...filter, offset: pageParam, limit: PAGE }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const shown = all.reduce((sum, page) => sum + page.people.length, 0);
      return shown < last.total ? shown : undefined;
    },
    placeholderData: (before) => before,
  });
}

export const usePerson = (id: number | null) =>
  useQuery({
    queryKey: ["settings", "person", id],
    queryFn: ({ signal }) => get<Person>(`/users/${id ?? 0}`, undefined, signal),
    enabled: id !== null,
  });

export const useOrganisation = () =>
  useQuery({
    queryKey: ["settings", "organisation"],
    queryFn: ({ signal }) => get<{ departments: Department[] }>("/organisation", undefined, signal).then((answer) => answer.departments),
  });

export const useRoles = () =>
  useQuery({
    queryKey: ["settings", "roles"],
    queryFn: ({ signal }) => get<{ roles: Role[] }>("/roles", undefined, signal).then((answer) => answer.roles),
  });

/** The names of these people, whether they are here or left. */
export function useNames(ids: readonly number[]) {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  return useQuery({
    queryKey: ["settings", "names", wanted],
    queryFn: ({ signal }) =>
      get<{ users: UserJson[] }>("/users", { ids: wanted.join(","), limit: 1000 }, signal).then((answer) => new Map(answer.users.map((user) => [user.id, user.name]))),
    enabled: wanted.length > 0,
    placeholderData: (before) => before,
  });
}

/** A change after which everything that tells of the organisation is asked for again, and `more`. */
export function useChange<Input, Output>(call: (input: Input) => Promise<Output>, more: readonly (readonly unknown[])[] = []) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["settings"] }),
        client.invalidateQueries({ queryKey: keys.departments }),
        client.invalidateQueries({ queryKey: ["users"] }),
        ...more.map((queryKey) => client.invalidateQueries({ queryKey })),
      ]),
  });
}

export type PersonChange = Partial<Pick<Person, "name" | "email" | "is_admin" | "department_ids" | "roles" | "department_roles" | "manager_id">>;

export const useChangePerson = () => useChange(({ id, ...change }: PersonChange & { id: number }) => patch<Person>(`/users/${id}`, change));
export const useActivate = () => useChange((id: number) => post<Person>(`/users/${id}/activate`));
export const useUnlock = () => useChange((id: number) => post<Person>(`/users/${id}/unlock`));
export const useDeactivate = () => useChange((id: number) => post<Person>(`/users/${id}/deactivate`));
export const usePasswordLink = () => useChange(({ id, send }: { id: number; send: boolean }) => post<PasswordLink>(`/users/${id}/password-link`, { send }));

export interface Invitation {
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly department_ids: readonly number[];
  readonly roles: readonly string[];
  readonly language: string;
}

export const useInvite = () => useChange((body: Invitation) => post<{ invited: Invited[] }>("/invitations", body));

export interface DepartmentChange {
  readonly name?: string;
  readonly parent_id?: number | null;
  readonly before_id?: number | null;
  readonly head_ids?: readonly number[];
  readonly active?: true;
}

export const useAddDepartment = () => useChange((body: DepartmentChange & { name: string }) => post<Department>("/departments", body));
export const useChangeDepartment = () => useChange(({ id, ...change }: DepartmentChange & { id: number }) => patch<Department>(`/departments/${id}`, change));
export const useCloseDepartment = () => useChange((id: number) => remove<Department>(`/departments/${id}`));

export const useAdministrators = () =>
  useQuery({
    queryKey: ["settings", "administrators"],
    queryFn: ({ signal }) => get<{ administrators: Administrator[] }>("/administrators", undefined, signal).then((answer) => answer.administrators),
  });

export type Circle = Pick<Administrator, "apps" | "department_ids" | "roles">;
export type NewAdministrator = Circle & ({ readonly user_id: number } | { readonly role: string });

export const useGiveCircle = () => useChange((body: NewAdministrator) => post<Administrator>("/administrators", body));
export const useChangeCircle = () => useChange(({ id, ...circle }: Circle & { id: number }) => patch<Administrator>(`/administrators/${id}`, circle));
export const useTakeCircle = () => useChange((id: number) => remove(`/administrators/${id}`));

export const useSaveRole = () => useChange(({ key, label }: { key: string; label: BilingualText }) => put<Role>(`/roles/${encodeURIComponent(key)}`, { label }));
export const useDeleteRole = () => useChange((key: string) => remove(`/roles/${encodeURIComponent(key)}`));
