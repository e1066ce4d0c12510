import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, remove } from "@/api";

export interface ApiKey {
  readonly id: number;
  /** The part of the key by which it is known. */
  readonly prefix: string;
  readonly name: string;
  readonly writes: boolean;
  /** Null opens all apps. */
  readonly apps: readonly string[] | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly expired: boolean;
  readonly last_used_at: string | null;
  readonly last_address: string | null;
  readonly user: { readonly id: number; readonly name: string; readonly service: boolean };
}

export interface NewKey {
  readonly name: string;
  readonly writes: boolean;
  readonly apps: readonly string[] | null;
  readonly expires_at: string | null;
}

/** Where keys are kept: one's own, or those of everybody. */
export const OWN = "/me/api-keys";
export const EVERYBODYS = "/api-keys";

const KEYS = ["api-keys"];

export const useKeys = (place: string) =>
  useQuery({ queryKey: [...KEYS, place], queryFn: ({ signal }) => get<{ keys: ApiKey[] }>(place, undefined, signal).then((answer) => answer.keys) });

/** A change after which all lists of keys are asked for again. */
export function useKeyChange<Input, Output>(call: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: call, onSuccess: () => client.invalidateQueries({ queryKey: KEYS }) });
}

export const useRevoke = (place: string) => useKeyChange((id: number) => remove(`${place}/${id}`));
export const useMakeKey = (place: string) => useKeyChange((body: NewKey) => post<ApiKey & { readonly token: string }>(place, body));
