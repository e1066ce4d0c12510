import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { formPath, post, request } from "./http";
import type { Label } from "./json";
import { keys } from "./keys";
import { useRefreshRecords, type Confirmed } from "./records";
import type { ApiIssue, DuplicateMatch, PersonJson, RecordJson, RelationJson, Values } from "./types";

/** What records of a form can be made into. */
export interface ConversionInfo {
  readonly key: string;
  readonly label: Label;
  readonly icon: string | null;
  readonly targets: readonly { readonly key: string; readonly form: string; readonly label: Label }[];
}

/** One record that a conversion would make, as it stands. */
export interface TargetPreview {
  readonly key: string;
  readonly form: string;
  readonly label: Label;
  readonly optional: boolean;
  readonly can_create: boolean;
  readonly fields: readonly string[];
  readonly values: Values;
  /** Records that may be used instead. */
  readonly existing: readonly RelationJson[];
  readonly matches: readonly DuplicateMatch[];
  readonly issues: readonly ApiIssue[];
}

export interface ConversionPreview {
  readonly revision: number;
  /** Fields of the record itself that must be filled in. */
  readonly required: readonly string[];
  readonly issues: readonly ApiIssue[];
  readonly targets: readonly TargetPreview[];
  readonly moved: readonly { readonly list: string; readonly count: number }[];
}

/** What somebody wants of a target: a record that is there, nothing, or a new one with these values. */
export type TargetChoice = { readonly use: number } | { readonly skip: true } | { readonly values: Values };

/** A conversion that was done. */
export interface DoneConversion {
  readonly key: string;
  readonly label: Label | null;
  readonly at: string;
  readonly by: PersonJson | null;
  readonly can_undo: boolean;
  readonly targets: readonly {
    readonly key: string;
    readonly form: string;
    readonly label: Label | null;
    /** False for one that was there already. */
    readonly created: boolean;
    /** Null when the reader may not see it. */
    readonly record: RelationJson | null;
  }[];
}

/** The record that one was made of. */
export interface ConversionOrigin {
  readonly key: string;
  readonly label: Label | null;
  readonly at: string;
  readonly by: PersonJson | null;
  readonly created: boolean;
  readonly form: string;
  readonly form_label: Label;
  readonly record: RelationJson;
}

export interface RecordConversions {
  readonly done: readonly DoneConversion[];
  readonly made_by: readonly ConversionOrigin[];
}

const NONE: RecordConversions = { done: [], made_by: [] };

/** What a record was converted into and out of. */
export function conversionsOf(record: RecordJson): RecordConversions {
  return (record["$conversions"] as unknown as RecordConversions | undefined) ?? NONE;
}

interface Asked {
  readonly values: Values;
  readonly targets: Readonly<Record<string, TargetChoice>>;
}

const path = (app: string, form: string, id: number, key: string, rest = ""): string =>
  formPath(app, form, `/records/${id}/conversions/${encodeURIComponent(key)}${rest}`);

const previewKey = (app: string, form: string, id: number, key: string) => ["conversion", app, form, id, key] as const;

/** What a conversion would make of a record with these values; the last answer stays until the next is there. */
export function useConversionPreview(app: string, form: string, id: number, key: string, asked: Asked, enabled: boolean) {
  return useQuery({
    queryKey: [...previewKey(app, form, id, key), asked],
    enabled,
    queryFn: ({ signal }) => post<ConversionPreview>(path(app, form, id, key, "/preview"), asked, signal),
    placeholderData: (before) => before,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

export function useConvert(app: string, form: string, id: number, key: string) {
  const client = useQueryClient();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: (body: Asked & { readonly revision: number; readonly confirm?: Confirmed }) =>
      post<{ readonly conversion: DoneConversion; readonly record: RecordJson | null }>(path(app, form, id, key), body),
    // Once it is done there is nothing to preview.
    onMutate: () => client.cancelQueries({ queryKey: previewKey(app, form, id, key) }),
    onSuccess: ({ record }) => {
      if (record) client.setQueryData(keys.record(app, form, id), record);
      void refresh();
    },
  });
}

/** Undoes a conversion; refused with what is in the way once something depends on what it made. */
export function useUndoConversion(app: string, form: string, id: number) {
  const client = useQueryClient();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: (key: string) => request<{ readonly record: RecordJson | null }>(path(app, form, id, key), { method: "DELETE" }),
    onSuccess: ({ record }) => {
      if (record) client.setQueryData(keys.record(app, form, id), record);
      void refresh();
    },
  });
}
