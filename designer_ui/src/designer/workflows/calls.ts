/** What the designer of workflows asks the server. */
import { get, post, taskKeys, useUsers, type UserJson } from "@/api";
import type { Words, Workflow } from "@/model/workflows";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

const NOBODY: readonly UserJson[] = [];

/** Names of people by their ids, as far as they are known here. */
export function usePeople(): ReadonlyMap<number, string> {
  const users = useUsers("").data ?? NOBODY;
  return useMemo(() => new Map(users.map(({ id, name }) => [id, name])), [users]);
}

export interface Version {
  readonly number: number;
  readonly published_at: string;
  readonly by: string;
  readonly running: number;
  readonly definition: Workflow;
}

const path = (app: string, rest: string): string => `/apps/${encodeURIComponent(app)}${rest}`;

interface VersionJson {
  readonly number: number;
  readonly published_at: string;
  readonly published_by?: { readonly name: string } | null;
  readonly running?: number;
  readonly definition: Workflow;
}

/** The published versions of a workflow, the newest first; none of one that was never published. */
export function useVersions(app: string, workflow: string, published: boolean) {
  return useQuery({
    queryKey: ["workflow-versions", app, workflow],
    queryFn: ({ signal }) =>
      get<{ versions: VersionJson[] }>(path(app, `/workflows/${encodeURIComponent(workflow)}/versions`), undefined, signal).then(({ versions }): readonly Version[] =>
        versions.map(({ number, published_at, published_by, running = 0, definition }) => ({ number, published_at, by: published_by?.name ?? "", running, definition })),
      ),
    staleTime: 0,
    enabled: published,
  });
}

/** A run that is on an older version, and whether the newest one has where it stands. */
export interface Movable {
  readonly id: number;
  readonly title: string;
  readonly from: number;
  readonly at: readonly Words[];
  readonly possible: boolean;
  readonly message: string | null;
}

interface Migration {
  readonly version: number;
  readonly moved: number;
  readonly instances: readonly Movable[];
}

/** What moving the runs of a workflow to its newest version would mean for each of them. */
export function useMovable(app: string, workflow: string) {
  return useQuery({
    queryKey: ["workflow-versions", app, workflow, "movable"],
    queryFn: ({ signal }) => post<Migration>("/workflow-instances/migrate?preview=true", { app, workflow }, signal),
    staleTime: 0,
  });
}

/** Move chosen runs to the newest version, for a reason that is logged. */
export function useMigration(app: string, workflow: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (chosen: { readonly instances: readonly number[]; readonly reason: string }) => post<Migration>("/workflow-instances/migrate", { app, workflow, ...chosen }),
    onSuccess: () => Promise.all([["workflow-versions", app, workflow], ["workflow-facts", app], taskKeys.all].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** A workflow as it was last published, and how much of it runs. */
export interface WorkflowFacts {
  readonly number: number;
  readonly published_at: string;
  readonly published_by: { readonly name: string } | null;
  readonly running: number;
}

/** Of each workflow that was ever published what there is to know, by key. */
export function useWorkflowFacts(app: string) {
  return useQuery({
    queryKey: ["workflow-facts", app],
    queryFn: ({ signal }) => get<{ workflows: Readonly<Record<string, WorkflowFacts>> }>(path(app, "/workflow-facts"), undefined, signal).then(({ workflows }) => workflows),
    staleTime: 0,
  });
}
