/** What the pages about permissions ask the server. */
import { ApiError, get, post, put, type Label } from "@/api";
import type { FieldFacts, Reach } from "@/model/design/permissions";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Draft } from "../draft";

export interface NamedOne {
  readonly id: number;
  readonly name: string;
}

export interface GroupPeople {
  readonly key: string;
  /** Whom the workspace put into the group. */
  readonly users: readonly NamedOne[];
  readonly departments: readonly (NamedOne & { readonly with_below: boolean })[];
  /** External organisations whose people the workspace put into it. */
  readonly organisations: readonly NamedOne[];
  /** All who are in it, by role too; `names` are the first of them. */
  readonly people: { readonly count: number; readonly names: readonly string[] };
}

export interface RoleFacts {
  readonly key: string;
  readonly label: Partial<Label>;
  readonly people: number;
}

export interface FormFacts {
  readonly groups: readonly GroupPeople[] | null;
  readonly published: readonly string[];
  readonly fields: readonly FieldFacts[];
}

export interface PermissionFacts {
  readonly roles: readonly RoleFacts[];
  readonly forms: Readonly<Record<string, FormFacts>>;
}

const path = (app: string, rest: string): string => `/apps/${encodeURIComponent(app)}${rest}`;
const FACTS = "draft-permissions";

/** Who is in the groups of the draft, and what can be said about its fields. */
export function usePermissionFacts(app: string, draft: Draft | undefined) {
  return useQuery({
    queryKey: [FACTS, app, draft?.revision, draft?.version],
    queryFn: ({ signal }) => get<PermissionFacts>(path(app, "/draft/permissions"), undefined, signal),
    enabled: draft !== undefined,
    placeholderData: (before) => before,
  });
}

export interface Members {
  readonly users: readonly number[];
  readonly departments: readonly { readonly id: number; readonly with_below: boolean }[];
  readonly organisations: readonly number[];
}

export function useSaveMembers(app: string, form: string, group: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (members: Members) => put<GroupPeople>(path(app, `/forms/${encodeURIComponent(form)}/permission-groups/${encodeURIComponent(group)}/members`), members),
    onSuccess: () => client.invalidateQueries({ queryKey: [FACTS] }),
  });
}

export interface Counts {
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
}

export interface Difference {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface PersonEffect {
  /** With the external organisation that somebody is of. */
  readonly user: NamedOne & { readonly organisation: string | null };
  readonly roles: readonly { readonly key: string; readonly label: Partial<Label> | null }[];
  readonly administrator: boolean;
  readonly records: Readonly<Record<"view" | "edit" | "delete", Counts | null>>;
  readonly actions: Difference;
  readonly buttons: Difference;
  readonly fields: readonly { readonly key: string; readonly before: Reach; readonly after: Reach; readonly before_elsewhere: Reach | null; readonly after_elsewhere: Reach | null }[];
}

/** What the draft changes for people; without any for one of each role. A draft with mistakes is no failure of ours. */
export function useEffectOnPeople(app: string, form: string, draft: Draft, users: readonly number[]) {
  return useQuery({
    queryKey: ["permission-effect", app, form, draft.revision, draft.version, users],
    queryFn: async ({ signal }): Promise<{ people: readonly PersonEffect[]; mistakes: boolean }> => {
      try {
        const body = { form, ...(users.length > 0 ? { users } : {}) };
        return { ...(await post<{ people: readonly PersonEffect[] }>(path(app, "/draft/permissions/effect"), body, signal)), mistakes: false };
      } catch (error) {
        if (error instanceof ApiError && error.status === 422) return { people: [], mistakes: true };
        throw error;
      }
    },
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
}
