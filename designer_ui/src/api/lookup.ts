import { formPath, get, post } from "./http";
import type { DepartmentJson, OrganisationJson, RecordPage, RelationJson, UserJson } from "./types";

/** Titles that fit into one question, and the most records that are told for them. */
const TITLES = 40;
const MOST = 200;

/** The people whose name or address holds a text. */
export function findUsers(text: string, external = false): Promise<readonly UserJson[]> {
  return get<{ users: UserJson[] }>("/users", { search: text, limit: 50, ...(external ? { external } : {}) }).then((answer) => answer.users);
}

export function allDepartments(): Promise<readonly DepartmentJson[]> {
  return get<{ departments: DepartmentJson[] }>("/departments").then((answer) => answer.departments);
}

export function allOrganisations(): Promise<readonly OrganisationJson[]> {
  return get<{ organisations: OrganisationJson[] }>("/organisations").then((answer) => answer.organisations);
}

/** The records of a form that have one of these titles, as far as the reader may see them. */
export async function findByTitle(app: string, form: string, titles: readonly string[]): Promise<readonly RelationJson[]> {
  const parts = Array.from({ length: Math.ceil(titles.length / TITLES) }, (_, part) => titles.slice(part * TITLES, (part + 1) * TITLES));
  const pages = await Promise.all(
    parts.map((part) => {
      const conditions = part.map((title) => `{title} = "${title.replaceAll('"', '""')}"`);
      const filter = conditions.length === 1 ? conditions[0] : `OR(${conditions.join(", ")})`;
      return post<RecordPage>(formPath(app, form, "/records/query"), { filter, fields: ["title"], limit: MOST, count: "none" });
    }),
  );
  return pages.flatMap((page) => page.records.map(({ id, title }) => ({ id, title })));
}
