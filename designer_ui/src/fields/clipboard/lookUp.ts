import { allDepartments, allOrganisations, findByTitle, findUsers, type Json } from "@/api";
import type { Place } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { settledValue, type Named, type PasteColumn, type Pending } from "@/model/cells";

/** People and departments by name, people by e-mail address too, records by title. */
async function find(column: PasteColumn, names: readonly string[], place: Place): Promise<readonly Named[]> {
  const { field } = column;
  switch (field.type) {
    case "user":
    case "users": {
      const pages = await Promise.all(names.map((name) => findUsers(name, field.settings?.["external"] === true)));
      const people = new Map(pages.flat().map((user) => [user.id, user]));
      return [...people.values()].map(({ id, name, email }) => ({ name, other: email, value: { id, name } }));
    }
    case "department":
    case "departments":
      return (await allDepartments()).map(({ id, name }) => ({ name, value: { id, name } }));
    case "organisation":
      return (await allOrganisations()).map(({ id, name }) => ({ name, value: { id, name } }));
    case "relation_any": {
      const forms = (field.settings?.["forms"] ?? []) as readonly string[];
      const found = await Promise.all(forms.map((form) => findByTitle(place.app, form, names).then((records) => records.map((record) => ({ form, ...record })))));
      return found.flat().map((record) => ({ name: record.title ?? "", value: { ...record } }));
    }
    default: {
      const records = await findByTitle(place.app, textSetting(field, "form") ?? place.form, names);
      return records.map(({ id, title }) => ({ name: title ?? "", value: { id, title } }));
    }
  }
}

/** Looks up the names in pasted cells, column by column; cells whose names nobody has come without a value. */
export async function lookUp(pending: readonly Pending[], columns: readonly PasteColumn[], place: Place): Promise<readonly (Pending & { readonly value: Json })[]> {
  const byField = new Map<string, Pending[]>();
  for (const cell of pending) byField.set(cell.field, [...(byField.get(cell.field) ?? []), cell]);
  const found = await Promise.all(
    [...byField].map(async ([key, cells]) => {
      const column = columns.find((one) => one.key === key);
      if (!column) return [];
      const known = await find(column, [...new Set(cells.flatMap(({ names }) => names))], place);
      return cells.map((cell) => ({ ...cell, value: settledValue(cell, known) }));
    }),
  );
  return found.flat();
}
