import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, put } from "@/api";

/** Characters of which a workspace may ask at least. */
export const LEAST = 10;
export const MOST = 64;

/** What the workspace asks of passwords, and when accounts are locked, links and sessions end. */
export interface SignInRules {
  readonly shortest: number;
  readonly wrong_passwords: number;
  readonly first_lock_minutes: number;
  readonly longest_lock_minutes: number;
  readonly link_days: number;
  readonly session_days: number;
}

const KEY = ["settings", "sign-in-rules"] as const;

export const useSignInRules = () => useQuery({ queryKey: KEY, queryFn: ({ signal }) => get<SignInRules>("/password-policy", undefined, signal) });

export function useChangePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (shortest: number) => put<SignInRules>("/password-policy", { shortest }),
    onSuccess: (rules) => client.setQueryData(KEY, rules),
  });
}
