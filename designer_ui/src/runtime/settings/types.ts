import type { Label } from "@/api";

export type PersonState = "active" | "invited" | "inactive";

export interface DepartmentRole {
  readonly role: string;
  readonly department_id: number;
}

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly state: PersonState;
  readonly is_admin: boolean;
  /** The first is the main department. */
  readonly department_ids: readonly number[];
  readonly roles: readonly string[];
  readonly department_roles: readonly DepartmentRole[];
  /** The external organisation that somebody is of. */
  readonly organisation_id: number | null;
  /** Who was named; `manager` is who that is in the end. */
  readonly manager_id: number | null;
  /** Whether whoever is signed in may change this person. */
  readonly manages: boolean;
  readonly manager: { readonly id: number; readonly name: string } | null;
  readonly last_seen_at: string | null;
  /** Until when nobody can sign in with a password, after many wrong ones. */
  readonly locked_until: string | null;
}

export interface PersonPage {
  readonly people: readonly Person[];
  readonly total: number;
  readonly counts: Readonly<Record<PersonState, number>>;
}

export interface Department {
  readonly id: number;
  readonly name: string;
  readonly parent_id: number | null;
  readonly head_ids: readonly number[];
  readonly active: boolean;
  /** People directly in it. */
  readonly people: number;
}

export interface Role {
  readonly key: string;
  readonly label: Label;
  readonly source: "app" | "workspace";
  readonly people: number;
  readonly in_departments: number;
  /** Whether whoever is signed in may give it. */
  readonly gives: boolean;
}

export interface PasswordLink {
  /** Null for an application administrator: the link goes out by mail alone. */
  readonly token: string | null;
  readonly expires_at: string;
}

export interface Named {
  readonly id: number;
  readonly name: string;
}

/** What a person, or all who have a role, administer; `apps` null are all. */
export interface Administrator {
  readonly id: number;
  readonly person: Named | null;
  readonly role: string | null;
  readonly apps: readonly string[] | null;
  readonly department_ids: readonly number[];
  readonly roles: readonly string[];
  readonly given_at: string;
  readonly given_by: Named | null;
}

export interface Invited {
  readonly person: Person;
  readonly link: PasswordLink;
}
