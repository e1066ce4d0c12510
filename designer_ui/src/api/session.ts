import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, patch, post, put, remove, setCsrfToken } from "./http";
import { keys } from "./keys";
import type { Session, SessionUser } from "./types";

async function loadSession(): Promise<Session> {
  const session = await get<Session>("/session");
  setCsrfToken(session.csrf_token);
  return session;
}

/** Who is signed in; loaded once and kept until somebody signs in or out. */
export function useSession() {
  return useQuery({ queryKey: keys.session, queryFn: loadSession, staleTime: Infinity });
}

/** Whether somebody designs and administers an app. */
export const administers = (user: SessionUser | null | undefined, app: string): boolean =>
  user?.is_admin === true || (user?.circle ? (user.circle.apps?.includes(app) ?? true) : false);

/** Whether the person who is signed in administers this app. */
export const useAdministers = (app: string): boolean => administers(useSession().data?.user, app);

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

/** Another workspace of the person who is signed in. */
export interface OwnWorkspace {
  readonly key: string;
  readonly name: string;
  readonly current: boolean;
}

/** The workspaces one belongs to. */
export function useWorkspaces() {
  const several = useSession().data?.several_workspaces === true;
  return useQuery({
    enabled: several,
    queryKey: ["workspaces"],
    queryFn: ({ signal }) => get<{ workspaces: readonly OwnWorkspace[] }>("/me/workspaces", undefined, signal).then((answer) => answer.workspaces),
    staleTime: Infinity,
  });
}

/** Told to the other tabs of the browser, whose session goes along. */
export const SWITCHED = "joinery.workspace";

/** Goes to another workspace. */
export function useSwitchWorkspace() {
  return useMutation({
    mutationFn: (key: string) => put<Session>("/session/workspace", { key }),
    onSuccess: (_, key) => {
      try {
        sessionStorage.clear();
        localStorage.setItem(SWITCHED, `${key} ${Date.now()}`);
      } catch {
        // Without storage no other tab can be told; the server refuses what they write.
      }
      // A fresh page forgets everything of the workspace before.
      window.location.assign("/");
    },
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => remove("/session") });
}
