/** The draft of an app: read, changed part by part, looked at before publishing, published. */
import { ApiError, get, patch, post, type ApiIssue, type Json, type Label } from "@/api";
import { namesKey } from "@/catalogue/expression/calls";
import type { AppDocument } from "@/model/design/formulas";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

export interface Draft {
  readonly document: AppDocument;
  /** 0 while nobody has begun a draft. */
  readonly revision: number;
  /** The published version it stands on. */
  readonly version: number | null;
  readonly changed: boolean;
}

export interface PlanChange {
  readonly kind: string;
  readonly form: string;
  readonly field?: string;
  readonly workflow?: string;
  readonly properties?: readonly string[];
}

export interface PlanStep {
  readonly kind: string;
  readonly form: string;
  readonly field: string;
  readonly description: Label;
  readonly safety: "safe" | "slow" | "keeps_aside" | "converts";
  /** Done by a job after publishing. */
  readonly later: boolean;
}

export interface Plan {
  readonly id: string;
  readonly changes: readonly PlanChange[];
  readonly steps: readonly PlanStep[];
  /** What shall be unique and is not: it keeps the draft from being published. */
  readonly broken: readonly BrokenUniqueness[];
}

/** `groups` of records share values that shall be unique; `filter` finds `filtered` of all these `records` in a list. */
export interface BrokenUniqueness {
  readonly form: string;
  readonly fields: readonly string[];
  readonly groups: number;
  readonly records: number;
  readonly filter: string;
  readonly filtered: number;
}

export interface Published {
  readonly version: number;
  readonly plan: Plan;
  readonly published: boolean;
}

/** What publishing would do, or everything that keeps the draft from being published. */
export interface Preview {
  readonly plan: Plan | null;
  readonly issues: readonly ApiIssue[];
}

const path = (app: string, rest: string): string => `/apps/${encodeURIComponent(app)}${rest}`;
const PREVIEW = "draft-preview";
export const draftKey = (app: string) => ["draft", app] as const;

export function useDraft(app: string) {
  return useQuery({ queryKey: draftKey(app), queryFn: ({ signal }) => get<Draft>(path(app, "/draft"), undefined, signal), staleTime: 0 });
}

/** The published definition. */
export function useDefinition(app: string) {
  return useQuery({
    queryKey: ["definition", app],
    queryFn: ({ signal }) => get<AppDocument>(path(app, "/definition"), undefined, signal),
    staleTime: 60_000,
  });
}

async function preview(app: string): Promise<Preview> {
  try {
    const { plan } = await post<Published>(path(app, "/publish?preview=1"));
    return { plan, issues: [] };
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) return { plan: null, issues: error.issues };
    throw error;
  }
}

/** Looked at anew after every change of the draft. */
export function usePreview(app: string, draft: Draft | undefined) {
  return useQuery({
    queryKey: [PREVIEW, app, draft?.revision, draft?.version],
    queryFn: () => preview(app),
    enabled: draft?.changed === true,
    staleTime: 0,
  });
}

export interface DraftChange {
  /** JSON pointer. */
  readonly path: string;
  readonly value: Json;
}

export function useChangeDraft(app: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ changes, revision }: { changes: readonly DraftChange[]; revision: number }) => patch<Draft>(path(app, "/draft"), { changes, revision }),
    onSuccess: (draft) => {
      client.setQueryData(draftKey(app), draft);
      void client.invalidateQueries({ queryKey: namesKey });
    },
    onError: (error) => {
      const current = draftInTheWay(error);
      if (current) client.setQueryData(draftKey(app), current);
    },
  });
}

/** The draft that somebody else saved meanwhile, when that is why a change was refused. */
export function draftInTheWay(error: unknown): Draft | null {
  const current = error instanceof ApiError && error.status === 409 ? error.details["current"] : undefined;
  return typeof current === "object" && current !== null ? (current as Draft) : null;
}

/** Afterwards everything shown may be different: fields, lists, values. */
export function usePublish(app: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ plan, note }: { plan: string; note: string }) => post<Published>(path(app, "/publish"), { plan_id: plan, note }),
    onSuccess: ({ version }) => {
      // There is no draft any more, and so nothing to look at before publishing.
      client.setQueryData<Draft>(draftKey(app), (draft) => draft && { ...draft, revision: 0, changed: false, version });
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== PREVIEW });
    },
  });
}

export interface FormulaFact {
  readonly form: string;
  readonly field: string;
  readonly stored: boolean;
  readonly database: boolean;
  readonly follows: readonly ("now" | "people" | "today" | "viewer")[];
  readonly job: { readonly id: number; readonly state: "waiting" | "running"; readonly share: number } | null;
}

const EVERY = 1500;

/** How the published formulas are computed; asked again while a job fills one of them. */
export function useFormulaFacts(app: string) {
  return useQuery({
    queryKey: ["formula-facts", app],
    queryFn: ({ signal }) => get<{ fields: FormulaFact[] }>(path(app, "/formulas"), undefined, signal).then((answer) => answer.fields),
    refetchInterval: (query) => (query.state.data?.some(({ job }) => job !== null) ? EVERY : false),
  });
}
