import { useQuery } from "@tanstack/react-query";
import { get, keys, patch, post, type Label, type OrganisationKind } from "@/api";
import { useChange } from "../calls";
import type { Invited, Person } from "../types";

export const KINDS: readonly OrganisationKind[] = ["customer", "dealer", "supplier"];

/** A partner company; while it is not active nobody of it can sign in. */
export interface Partner {
  readonly id: number;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly active: boolean;
  readonly people: readonly Person[];
}

/** A form that people of a partner may open, and the groups that say so. */
export interface OpenedForm {
  readonly app: string;
  readonly app_label: Label;
  readonly form: string;
  readonly label: Label;
  readonly groups: readonly { readonly key: string; readonly label: Label | null; readonly actions: readonly string[]; readonly rows: string; readonly by_kind: boolean }[];
}

const PATH = "/external-organisations";

export const usePartners = () =>
  useQuery({
    queryKey: ["settings", "external"],
    queryFn: ({ signal }) => get<{ organisations: Partner[] }>(PATH, undefined, signal).then((answer) => answer.organisations),
  });

export const useOpenedForms = (id: number, enabled: boolean) =>
  useQuery({
    queryKey: ["settings", "external", id, "access"],
    queryFn: ({ signal }) => get<{ forms: OpenedForm[] }>(`${PATH}/${id}/access`, undefined, signal).then((answer) => answer.forms),
    enabled,
  });

/** Pickers offer what is made or switched on from now on. */
const alsoOffered = [keys.organisations];

export const useAddPartner = () => useChange((body: Pick<Partner, "name" | "kind">) => post<Partner>(PATH, body), alsoOffered);
export const useChangePartner = () =>
  useChange(({ id, ...change }: { id: number } & Partial<Pick<Partner, "name" | "kind" | "active">>) => patch<Partner>(`${PATH}/${id}`, change), alsoOffered);

export interface ContactsInvitation {
  readonly id: number;
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly language: string;
}

export const useInviteContacts = () => useChange(({ id, ...body }: ContactsInvitation) => post<{ invited: Invited[] }>(`${PATH}/${id}/invitations`, body));
