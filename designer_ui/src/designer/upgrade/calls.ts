/** What a newer suite does to an app: looked at first, done then, listed afterwards. */
import { ApiError, get, post, type ApiIssue, type Json, type Label } from "@/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Plan } from "../draft";

export type Side = "own" | "suite";
export type Choices = Readonly<Record<string, Side>>;

/** The labels along a path; of what has none the key. */
export type Where = readonly (Label | string)[];

export interface UpgradeChange {
  readonly path: string;
  readonly where: Where;
  readonly change: "added" | "removed" | "changed" | "order";
  readonly before: Json;
  readonly after: Json;
}

export interface UpgradeConflict {
  readonly path: string;
  readonly where: Where;
  readonly base: Json;
  readonly own: Json;
  readonly suite: Json;
  readonly side: Side;
  readonly orphan: boolean;
}

export interface Report {
  readonly from_version: string | null;
  readonly to_version: string | null;
  readonly taken: readonly UpgradeChange[];
  readonly taken_count: number;
  readonly kept: readonly UpgradeChange[];
  readonly kept_count: number;
  readonly rights: readonly UpgradeChange[];
  readonly conflicts: readonly UpgradeConflict[];
}

export interface PastUpgrade extends Report {
  readonly id: number;
  readonly at: string;
  readonly by: string;
}

/** A report; without a plan the parts do not fit together, and `issues` say why. */
export interface Preview {
  readonly report: Report;
  readonly plan: Plan | null;
  readonly issues: readonly ApiIssue[];
}

export interface Wanted {
  readonly choices: Choices;
  /** The version of the app that was the suite as delivered, where that is not known. */
  readonly base: number | null;
}

const PREVIEW = "upgrade-preview";
const path = (app: string, rest: string): string => `/apps/${encodeURIComponent(app)}${rest}`;
const bodyOf = ({ choices, base }: Wanted) => ({ choices, ...(base === null ? {} : { base_version: base }) });

async function preview(app: string, wanted: Wanted): Promise<Preview> {
  try {
    const { plan, ...report } = await post<Report & { plan: Plan }>(path(app, "/upgrade?preview=1"), bodyOf(wanted));
    return { report, plan, issues: [] };
  } catch (error) {
    if (error instanceof ApiError && error.status === 422 && Array.isArray(error.details["conflicts"])) {
      return { report: error.details as unknown as Report, plan: null, issues: error.issues };
    }
    throw error;
  }
}

export function useUpgradePreview(app: string, wanted: Wanted) {
  return useQuery({
    queryKey: [PREVIEW, app, wanted],
    queryFn: () => preview(app, wanted),
    staleTime: 0,
    retry: false,
    placeholderData: (before) => before,
  });
}

/** Afterwards everything shown may be different: fields, lists, values. */
export function useUpgrade(app: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ wanted, plan }: { wanted: Wanted; plan: string }) => post<Report>(path(app, "/upgrade"), { ...bodyOf(wanted), plan_id: plan }),
    // The page itself asks for the next report: the choices of this one are no longer about anything.
    onSuccess: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== PREVIEW }),
  });
}

export function usePastUpgrades(app: string) {
  return useQuery({
    queryKey: ["upgrades", app],
    queryFn: ({ signal }) => get<{ upgrades: PastUpgrade[] }>(path(app, "/upgrades"), undefined, signal).then(({ upgrades }) => upgrades),
  });
}

interface AppVersion {
  readonly number: number;
  readonly published_at: string;
}

export function useVersions(app: string, enabled: boolean) {
  return useQuery({
    queryKey: ["versions", app],
    queryFn: ({ signal }) => get<{ versions: AppVersion[] }>(path(app, "/versions"), undefined, signal).then(({ versions }) => versions),
    enabled,
  });
}
