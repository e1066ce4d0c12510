/** What playing a workflow through asks the server: always about the workflow as it is drawn, never about one that is stored. */
import { post, type ApiIssue, type Label } from "@/api";
import type { Simulation, Workflow } from "@/model/workflows";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Play } from "./state";

export interface TestRun {
  readonly key: string;
  readonly label: Label;
  readonly passed: boolean;
  readonly path: readonly string[];
  readonly at: readonly string[];
  readonly status: string;
  readonly issues: readonly ApiIssue[];
}

const path = (app: string, key: string, call: string): string => `/apps/${encodeURIComponent(app)}/workflows/${encodeURIComponent(key)}/${call}`;

export function useSimulation(app: string, key: string, workflow: Workflow, play: Play) {
  const { record, values, initiator, moves } = play;
  const body = {
    workflow,
    ...(record ? { record: record.id } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(initiator ? { initiator: initiator.id } : {}),
    decisions: moves,
  };
  return useQuery({
    queryKey: ["workflow-simulation", app, key, body],
    queryFn: ({ signal }) => post<Simulation>(path(app, key, "simulate"), body, signal),
    placeholderData: keepPreviousData,
    enabled: play.started,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
}

export const runTests = (app: string, key: string, workflow: Workflow, signal?: AbortSignal): Promise<readonly TestRun[]> => post<{ tests: readonly TestRun[] }>(path(app, key, "test"), { workflow }, signal).then(({ tests }) => tests);

/** How the tests of the workflow go as it is drawn now. */
export function useTestRuns(app: string, key: string, workflow: Workflow) {
  return useQuery({
    queryKey: ["workflow-tests", app, key, workflow],
    queryFn: ({ signal }) => runTests(app, key, workflow, signal),
    placeholderData: keepPreviousData,
    enabled: Object.keys(workflow.tests ?? {}).length > 0,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
}
