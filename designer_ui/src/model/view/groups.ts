/** A grouped list: each group is the same list with one more condition. */
import { writeOperand, writeText } from "../filter";

/** The value of a group or of a kanban column as the server gives it: a key, a reference, or blank. */
export type GroupValue = string | number | boolean | null | { readonly id: number };

/** The condition that holds exactly for the records of a group. */
export function groupFilter(field: string, value: GroupValue): string {
  const path = `{${field}}`;
  if (value === null) return `ISBLANK(${path})`;
  if (typeof value === "boolean") return value ? path : `NOT(${path})`;
  if (typeof value === "object") return `${path} = ${writeOperand(value.id)}`;
  return `${path} = ${typeof value === "number" ? writeOperand(value) : writeText(value)}`;
}

/** A stable text key of a group value, for maps and React. */
export function groupKey(value: GroupValue): string {
  if (value === null) return "blank";
  return typeof value === "object" ? `id:${value.id}` : `${typeof value}:${value}`;
}
