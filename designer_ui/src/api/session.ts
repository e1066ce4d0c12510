import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, patch, post, put, remove, setCsrfToken } from "./http";
import { keys } from "./keys";
import type { Session } from "./types";

async function loadSession(): Promise<Session> {
  const session = await get<Session>("/session");
  setCsrfToken(session.csrf_token);
  return session;
}

/** Who is signed in; loaded once and kept until somebody signs in or out. */
export function useSession() {
  return useQuery({ queryKey: keys.session, queryFn: loadSession, staleTime: Infinity });
}

/** A call that answers with another session; the whole interface follows. */
export function useSessionChange<Input>(call: (input: Input) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: (session) => {
      setCsrfToken(session.csrf_token);
      client.setQueryData<Session>(keys.session, (before) => ({ ...before, ...session }));
    },
  });
}

export const useSignIn = () =>
  useSessionChange((input: { email: string; password: string }) => post<Session>("/session", input));
export const useSetup = () =>
  useSessionChange((input: { token: string; email: string; name: string; password: string }) =>
    post<Session>("/setup", input),
  );
export const useSavePreferences = () =>
  useSessionChange((input: { language?: string; theme?: string; name?: string }) => patch<Session>("/me", input));

/** Looks at the workspace as the person with this id; null ends that. */
export function usePreview() {
  return useMutation({
    mutationFn: (user: number | null) => (user === null ? remove("/session/preview") : put("/session/preview", { user_id: user })),
    // A fresh page forgets everything the other one has seen.
    onSuccess: () => window.location.assign("/"),
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => remove("/session") });
}
