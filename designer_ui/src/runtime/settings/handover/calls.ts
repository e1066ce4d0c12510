import { useQuery } from "@tanstack/react-query";
import { get, post, type Label } from "@/api";
import { useChange } from "../calls";

interface Labelled {
  readonly key: string;
  readonly label: Label;
}

/** One thing somebody has; `key` is how a handover names it. */
export interface Belonging {
  readonly key: string;
  readonly kind: "records" | "tasks" | "workflows" | "delegations" | "views" | "departments" | "reports" | "groups";
  readonly count: number;
  readonly names?: readonly string[];
  readonly app?: Labelled;
  readonly form?: Labelled;
  readonly field?: Labelled;
  readonly within?: Labelled | null;
}

export interface HandOver {
  readonly to?: number | null;
  readonly items?: readonly { readonly key: string; readonly to: number | null }[];
  readonly deactivate?: boolean;
  readonly partly?: boolean;
}

/** What was given, by its key. */
export interface Handed {
  readonly key: string;
  readonly count: number;
}

export interface HandedOver {
  readonly job: number | null;
  readonly handed: readonly Handed[];
  readonly records: number;
  readonly left: number;
  readonly issues: readonly { readonly message: string }[];
}

export interface HandoverJob {
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly error: string | null;
  readonly summary: { readonly handed?: readonly Handed[]; readonly records?: number; readonly left?: number; readonly problems?: readonly string[] };
}

/** How many tasks changed hands. */
export const tasksIn = (handed: readonly Handed[] | undefined): number => handed?.find(({ key }) => key === "tasks")?.count ?? 0;

/** Milliseconds between looks at a job that runs. */
const EVERY = 700;

export const isOver = (job: HandoverJob): boolean => job.state !== "waiting" && job.state !== "running";

export const useBelongings = (id: number) =>
  useQuery({
    queryKey: ["settings", "belongings", id],
    queryFn: ({ signal }) => get<{ items: readonly Belonging[] }>(`/users/${id}/belongings`, undefined, signal).then((answer) => answer.items),
    staleTime: 0,
  });

export const useHandOver = () => useChange(({ id, ...body }: HandOver & { id: number }) => post<HandedOver>(`/users/${id}/handover`, body));

/** How far the job is, asked for until it is over. */
export const useHandoverJob = (id: number | null) =>
  useQuery({
    queryKey: ["job", "handover", id],
    queryFn: ({ signal }) => get<HandoverJob>(`/jobs/${id ?? 0}`, undefined, signal),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : EVERY),
  });

export const useCancelHandover = () => useChange((id: number) => post(`/jobs/${id}/cancel`));
