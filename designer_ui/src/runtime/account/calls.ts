import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, remove, useSessionChange, type Session } from "@/api";

export interface PasswordLinkInfo {
  readonly name: string;
  readonly email: string;
  readonly workspace: string;
  /** Whether the person never had a password. */
  readonly invited: boolean;
  /** Characters that the password has at least. */
  readonly shortest: number;
}

/** Whom a one-time link for a password is for. */
export function usePasswordLinkInfo(token: string) {
  return useQuery({
    queryKey: ["password-link", token],
    queryFn: () => post<PasswordLinkInfo>("/password/link", { token }),
    staleTime: Infinity,
  });
}

/** Characters that a new password has at least. */
export const useShortest = () =>
  useQuery({
    queryKey: ["password-policy"],
    queryFn: ({ signal }) => get<{ shortest: number }>("/password-policy", undefined, signal).then((rules) => rules.shortest),
  });

export const useChoosePassword = () =>
  useSessionChange((input: { token: string; password: string }) => post<Session>("/password", input));

export const useForgotPassword = () => useMutation({ mutationFn: (email: string) => post("/password/forgot", { email }) });

const SESSIONS = ["me", "sessions"];

export interface OwnSession {
  readonly key: string;
  readonly current: boolean;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly address: string | null;
  readonly user_agent: string | null;
}

export const useSessions = () =>
  useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => get<{ sessions: OwnSession[] }>("/me/sessions", undefined, signal).then((answer) => answer.sessions),
  });

function useAccountChange<Input>(call: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: call, onSuccess: () => client.invalidateQueries({ queryKey: SESSIONS }) });
}

/** Ends the session of this key; null ends all but this one. */
export const useEndSession = () => useAccountChange((key: string | null) => remove(key === null ? "/me/sessions" : `/me/sessions/${key}`));
export const useChangePassword = () => useAccountChange((input: { current: string; password: string }) => post("/me/password", input));
