import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put, remove } from "@/api";

/** Calls that the list fetches at once. */
const PAGE = 50;

export interface Secret {
  readonly name: string;
  /** Where it may go. */
  readonly hosts: readonly string[];
  readonly changed_at: string;
  readonly changed_by: { readonly id: number; readonly name: string } | null;
}

export const STATES = ["waiting", "failed", "done", "void"] as const;
export type CallState = (typeof STATES)[number];

export interface WebhookCall {
  readonly id: number;
  readonly key: string;
  readonly app: string;
  readonly record: { readonly id: number | null; readonly title: string };
  readonly instance: number;
  readonly workflow: string;
  readonly node: string;
  readonly method: string;
  /** Secrets are only named in it. */
  readonly url: string;
  readonly body: string | null;
  readonly state: CallState;
  readonly attempts: number;
  readonly made_at: string;
  readonly called_at: string | null;
  readonly next_at: string | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
  readonly retry: boolean;
}

interface CallPage {
  readonly calls: readonly WebhookCall[];
  readonly next_cursor: string | null;
}

const SECRETS = ["secrets"];
const CALLS = ["webhook-calls"];

export const useSecrets = () => useQuery({ queryKey: SECRETS, queryFn: ({ signal }) => get<{ secrets: readonly Secret[] }>("/secrets", undefined, signal).then(({ secrets }) => secrets) });

export const useCalls = (state: CallState | null) =>
  useInfiniteQuery({
    queryKey: [...CALLS, state],
    queryFn: ({ pageParam, signal }) => get<CallPage>("/webhook-calls", { limit: PAGE, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });

function useChanging<Input, Output>(call: (input: Input) => Promise<Output>, queryKey: readonly string[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: call, onSuccess: () => client.invalidateQueries({ queryKey }) });
}

export const usePutSecret = () => useChanging(({ name, ...kept }: { name: string; value: string; hosts: readonly string[] }) => put(`/secrets/${encodeURIComponent(name)}`, kept), SECRETS);

export const useDropSecret = () => useChanging((name: string) => remove(`/secrets/${encodeURIComponent(name)}`), SECRETS);

export const useRetryCall = () => useChanging((id: number) => post<WebhookCall>(`/webhook-calls/${id}/retry`), CALLS);
