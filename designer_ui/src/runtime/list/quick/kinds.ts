/** Which control a field has as a quick filter. */
import type { FieldInfo } from "@/api";
import { familyOf } from "@/model/filter";
import { valueType } from "../fields";

export type QuickKind = "choice" | "date" | "boolean" | "person" | "department" | "organisation" | "record";

/** The control's kind; null for fields that cannot be a quick filter. */
export function quickKind(field: FieldInfo): QuickKind | null {
  const type = valueType(field);
  if (type === "department" || type === "departments") return "department";
  if (type === "organisation") return "organisation";
  switch (familyOf(type)) {
    case "choice":
    case "choices":
      return "choice";
    case "date":
    case "datetime":
      return "date";
    case "boolean":
      return "boolean";
    case "person":
    case "people":
      return "person";
    case "record":
      return "record";
    default:
      return null;
  }
}
