import { useQuery } from "@tanstack/react-query";
import { formPath, get } from "./http";
import type { Label } from "./json";

export type FieldReach = "writable" | "readable" | "masked" | "hidden";

/** What one permission group says about a person and a record. */
export interface ExplainedGroup {
  readonly key: string;
  readonly label: Label | null;
  readonly actions: readonly string[];
  readonly roles: readonly { readonly key: string; readonly label: Label | null }[];
  /** Why the person is in the group; null when he is not. */
  readonly member_by: "role" | "department_role" | "organisation" | "workspace" | null;
  readonly rows: string;
  readonly condition: string | null;
  readonly holds: boolean | null;
  readonly hidden_fields: readonly string[];
  readonly masked_fields: readonly string[];
  readonly read_only_fields: readonly string[];
}

export interface ExplainedAccess {
  readonly user: { readonly id: number; readonly name: string };
  readonly unlimited: "administrator" | "no_groups" | null;
  readonly actions: Readonly<Record<string, boolean>>;
  readonly may: readonly string[];
  readonly groups: readonly ExplainedGroup[];
  readonly fields: Readonly<Record<string, FieldReach>>;
  /** For each field the groups by which it is as open on this record as it is. */
  readonly field_groups: Readonly<Record<string, readonly string[]>>;
}

/** What a person may do with a record, and which permission groups say so; asked anew each time. */
export function useExplainedAccess(app: string, form: string, id: number, user: number | null) {
  return useQuery({
    queryKey: ["form", app, form, "access", id, user],
    queryFn: ({ signal }) => get<ExplainedAccess>(formPath(app, form, `/records/${id}/access/${user}`), undefined, signal),
    enabled: user !== null,
    gcTime: 0,
  });
}
