import { useQuery } from "@tanstack/react-query";
import { get, taskKeys, type Label } from "@/api";
import type { TaskPageJson } from "../types";

export interface Way {
  readonly on: "create" | "button";
  readonly label: Label | null;
  readonly confirm: Label | null;
}

/** A workflow that this person may start, with a new record or on one that is there. */
export interface Startable {
  readonly app: string;
  readonly app_label: Label;
  readonly form: string;
  readonly form_label: Label;
  readonly key: string;
  readonly label: Label;
  readonly description: Label | null;
  readonly icon: string | null;
  readonly ways: readonly Way[];
  readonly last_started_at: string | null;
}

export interface StartableRecords {
  readonly records: readonly { readonly id: number; readonly title: string }[];
  /** A search may find further ones. */
  readonly more: boolean;
}

export function useStartable(app: string | undefined) {
  return useQuery({
    queryKey: [...taskKeys.all, "startable", app],
    queryFn: ({ signal }) => get<{ readonly workflows: readonly Startable[] }>("/workflows/startable", { app }, signal).then(({ workflows }) => workflows),
  });
}

export function useStartableRecords({ app, key }: Startable, search: string) {
  return useQuery({
    queryKey: [...taskKeys.all, "startable", app, key, search],
    queryFn: ({ signal }) => get<StartableRecords>(`/apps/${encodeURIComponent(app)}/workflows/${encodeURIComponent(key)}/startable-records`, { search: search || undefined }, signal),
    placeholderData: (before) => before,
  });
}

/** What somebody started and got back to mend. */
export function useCameBack(app: string | undefined) {
  return useQuery({
    queryKey: [...taskKeys.all, "came back", app],
    queryFn: ({ signal }) => get<TaskPageJson>("/tasks", { box: "todo", node: "start", app, limit: 20 }, signal).then(({ tasks }) => tasks),
  });
}

/** How many of what one started lately stand first. */
const LATELY = 4;

export function latelyUsed(all: readonly Startable[]): readonly Startable[] {
  const used = all.filter(({ last_started_at }) => last_started_at !== null);
  return [...used].sort((one, other) => (other.last_started_at ?? "").localeCompare(one.last_started_at ?? "")).slice(0, LATELY);
}

/** Those whose words hold what is searched: each word of it in the name, description, form or app. */
export function searched(all: readonly Startable[], text: string, words: (one: Startable) => string): readonly Startable[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const held = words(one).toLowerCase();
    return wanted.every((word) => held.includes(word));
  });
}

/** In the order in which they come: those of one app, or of one form, together. */
export function grouped(all: readonly Startable[], by: "app" | "form"): readonly (readonly [Startable, ...Startable[]])[] {
  const groups = new Map<string, [Startable, ...Startable[]]>();
  for (const one of all) {
    const group = groups.get(one[by]);
    if (group) group.push(one);
    else groups.set(one[by], [one]);
  }
  return [...groups.values()];
}
