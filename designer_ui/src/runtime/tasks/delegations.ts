import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, remove, taskKeys } from "@/api";
import type { Person } from "./types";

export interface Delegation {
  readonly id: number;
  readonly to: Person;
  readonly app: string | null;
  readonly forms: readonly string[] | null;
  readonly from: string;
  readonly until: string | null;
  readonly active: boolean;
}

export interface Delegations {
  readonly delegations: readonly Delegation[];
  /** Those in which somebody else named me. */
  readonly for_me: readonly (Delegation & { readonly of: Person })[];
}

export interface NewDelegation {
  readonly to: number;
  readonly app?: string | undefined;
  readonly forms?: readonly string[] | undefined;
  readonly from: string;
  readonly until?: string | undefined;
}

const KEY = [...taskKeys.all, "delegations"];

export function useDelegations() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => get<Delegations>("/me/delegations", undefined, signal) });
}

/** Adds one, or ends one by its id. */
export function useDelegate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: NewDelegation | number): Promise<unknown> => (typeof what === "number" ? remove(`/me/delegations/${what}`) : post<Delegation>("/me/delegations", what)),
    onSuccess: () => client.invalidateQueries({ queryKey: taskKeys.all }),
  });
}
