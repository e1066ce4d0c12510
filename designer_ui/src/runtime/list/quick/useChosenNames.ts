/** The names of people, departments and records that a quick filter has chosen by their ids. */
import { keys, useDepartments, useOrganisations, useUsers, type FieldInfo } from "@/api";
import { textSetting } from "@/catalogue/settings";
import { useQuery } from "@tanstack/react-query";
import { queryRecords } from "../records";
import { quickKind } from "./kinds";

const isId = (choice: string): boolean => /^\d{1,18}$/.test(choice);

/** Each name by its id; ids that the reader may not see, or whose names are on their way, are missing. */
export function useChosenNames(app: string, field: FieldInfo, choices: readonly string[]): ReadonlyMap<string, string> {
  const kind = quickKind(field);
  const ids = choices.filter(isId);
  const wants = (one: string): boolean => kind === one && ids.length > 0;
  const users = useUsers("", wants("person"), true).data;
  const departments = useDepartments(wants("department")).data;
  const organisations = useOrganisations(wants("organisation")).data;
  const form = textSetting(field, "form") ?? "";
  const records = useQuery({
    queryKey: [...keys.form(app, form), "names", ids] as const,
    queryFn: ({ signal }) => {
      const conditions = ids.map((id) => `{id} = ${id}`);
      const filter = conditions.length === 1 ? conditions[0] : `OR(${conditions.join(", ")})`;
      return queryRecords(app, form, { filter, fields: ["title"], limit: ids.length, count: "none" }, signal);
    },
    enabled: wants("record") && form !== "",
  }).data?.records;
  const named: readonly (readonly [number, string | null])[] =
    (kind === "person" ? users?.map(({ id, name }) => [id, name] as const)
    : kind === "department" ? departments?.map(({ id, name }) => [id, name] as const)
    : kind === "organisation" ? organisations?.map(({ id, name }) => [id, name] as const)
    : records?.map(({ id, title }) => [id, title] as const)) ?? [];
  return new Map(named.flatMap(([id, name]) => (name ? [[String(id), name] as const] : [])));
}
