import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { formPath, get, post, remove, request, taskKeys, useRefreshRecords, type Label, type UserJson } from "@/api";
import type { Signature } from "@/model/signature";
import type { Box, DecisionBody, DecisionDone, Facets, InstanceJson, Person, RecordWorkflow, TaskJson, TaskPageJson } from "./types";

export interface TaskQuery {
  readonly box: Box;
  readonly app?: string | undefined;
  readonly workflow?: string | undefined;
  readonly initiator?: number | undefined;
  readonly search?: string | undefined;
  readonly overdue?: boolean | undefined;
}

export function useTasks(query: TaskQuery) {
  return useInfiniteQuery({
    queryKey: taskKeys.list(query),
    queryFn: ({ pageParam, signal }) =>
      get<TaskPageJson>("/tasks", { ...query, overdue: query.overdue ? "true" : undefined, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
    refetchInterval: 30_000,
    refetchOnWindowFocus: true,
  });
}

export function useTaskFacets(box: Box, app: string | undefined) {
  return useQuery({
    queryKey: [...taskKeys.all, "facets", box, app],
    queryFn: ({ signal }) => get<Facets>("/tasks/facets", { box, app }, signal),
  });
}

/** How one task is asked for. */
export const taskQuery = (id: number) =>
  queryOptions({ queryKey: taskKeys.task(id), queryFn: ({ signal }) => get<TaskJson>(`/tasks/${id}`, undefined, signal) });

export function useTask(id: number) {
  return useQuery({ ...taskQuery(id), enabled: Number.isFinite(id) });
}

/** Whom a decision of a task may name, where that is not everybody. */
export function useTaskPeople(task: number, decision: string, search: string) {
  return useQuery({
    // Apart from the task itself: once it is decided nobody is to be named any more.
    queryKey: ["task people", task, decision, search],
    queryFn: ({ signal }) => get<{ readonly users: readonly UserJson[] }>(`/tasks/${task}/people`, { decision, search }, signal).then(({ users }) => users),
    placeholderData: (before) => before,
  });
}

/** A decision changes the record, the boxes of several people, and how far the workflow is. */
function useRefreshAll() {
  const client = useQueryClient();
  const records = useRefreshRecords();
  return () => {
    void client.invalidateQueries({ queryKey: taskKeys.all });
    void records();
  };
}

/** A word for one call: sent again under it, because no answer came, the call is not done again. */
function useCallKey() {
  const kept = useRef("");
  return {
    current: (): string => (kept.current ||= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")),
    answered: (): void => {
      kept.current = "";
    },
  };
}

/** `filter`: the next task is one of those that it leaves. */
export function useDecide(task: number, { box, overdue, ...filter }: TaskQuery) {
  const refresh = useRefreshAll();
  const key = useCallKey();
  return useMutation({
    mutationFn: (body: DecisionBody) => request<DecisionDone>(`/tasks/${task}/decision`, { method: "POST", body: { ...body, key: key.current() }, query: box === "todo" ? { ...filter, overdue: overdue ? "true" : undefined } : {} }),
    onSuccess: () => {
      key.answered();
      refresh();
    },
    onError: refresh,
  });
}

export interface BatchAnswer {
  readonly decided: number;
  readonly refused: readonly { readonly id: number; readonly title: string; readonly message: string }[];
}

export function useDecideMany() {
  const refresh = useRefreshAll();
  return useMutation({
    mutationFn: (body: { readonly tasks: readonly number[]; readonly decision: string; readonly comment?: string | undefined; readonly signature?: Signature | undefined }) => post<BatchAnswer>("/tasks/decisions", body),
    onSettled: refresh,
  });
}

export function useRecordWorkflow(app: string, form: string, id: number) {
  return useQuery({
    queryKey: ["form", app, form, "workflow", id],
    queryFn: ({ signal }) => get<RecordWorkflow>(formPath(app, form, `/records/${id}/workflow`), undefined, signal),
  });
}

export function useStartWorkflow(app: string, form: string, id: number) {
  const refresh = useRefreshAll();
  const key = useCallKey();
  return useMutation({
    mutationFn: (workflow: string) => post<InstanceJson>(formPath(app, form, `/records/${id}/workflow`), { workflow, key: key.current() }),
    onSuccess: () => {
      key.answered();
      refresh();
    },
  });
}

export type InstanceAct = "withdraw" | "urge" | "cancel" | "move" | "reassign" | "retry" | "reactivate";

/** What is done with a run of a workflow as a whole, with what the act needs. */
export function useInstanceAct(instance: number) {
  const refresh = useRefreshAll();
  return useMutation({
    mutationFn: ({ act, ...body }: { readonly act: InstanceAct; readonly comment?: string; readonly reason?: string; readonly to?: string; readonly task?: number; readonly user?: number }) =>
      post<InstanceJson>(`/workflow-instances/${instance}/${act}`, body),
    onSettled: refresh,
  });
}

export interface RunQuery {
  readonly app: string;
  readonly workflow?: string | undefined;
  readonly status?: string | undefined;
  readonly waiting_for?: number | undefined;
  readonly search?: string | undefined;
}

/** What runs can be narrowed down by, and how many cannot go on. */
export interface RunFacets {
  readonly workflows: Facets["workflows"];
  readonly statuses: readonly { readonly key: string; readonly label: Label }[];
  readonly waiting_for: readonly Person[];
  readonly stuck: number;
}

export function useRunFacets(app: string) {
  return useQuery({
    queryKey: [...taskKeys.all, "runs", "facets", app],
    queryFn: ({ signal }) => get<RunFacets>("/workflow-instances/facets", { app }, signal),
  });
}

export interface ManyReassigned {
  readonly reassigned: number;
  readonly refused: BatchAnswer["refused"];
}

export function useReassignMany() {
  const refresh = useRefreshAll();
  return useMutation({
    mutationFn: (body: { readonly instances: readonly number[]; readonly from?: number | undefined; readonly user: number; readonly reason: string }) => post<ManyReassigned>("/workflow-instances/reassign", body),
    onSettled: refresh,
  });
}

/** Runs of workflows in an app, for its administrators. */
export function useRuns(query: RunQuery) {
  return useInfiniteQuery({
    queryKey: [...taskKeys.all, "runs", query],
    queryFn: ({ pageParam, signal }) => get<TaskPageJson>("/workflow-instances", { ...query, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
}

export function useRun(id: number) {
  return useQuery({
    queryKey: [...taskKeys.all, "run", id],
    queryFn: ({ signal }) => get<InstanceJson>(`/workflow-instances/${id}`, undefined, signal),
    enabled: Number.isFinite(id),
  });
}

export interface Phrase {
  readonly id: number;
  readonly text: string;
}

const PHRASES = [...taskKeys.all, "phrases"];

export function usePhrases() {
  return useQuery({ queryKey: PHRASES, queryFn: ({ signal }) => get<{ readonly phrases: readonly Phrase[] }>("/me/phrases", undefined, signal).then(({ phrases }) => phrases) });
}

export function useKeepPhrase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (phrase: string | number) => (typeof phrase === "string" ? post("/me/phrases", { text: phrase }) : remove(`/me/phrases/${phrase}`)),
    onSettled: () => client.invalidateQueries({ queryKey: PHRASES }),
  });
}
