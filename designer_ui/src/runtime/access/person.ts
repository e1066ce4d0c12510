import type { Json } from "@/api";

/** The id in the value of a user field. */
export function personId(value: Json): number | null {
  if (typeof value === "number") return value;
  return value && typeof value === "object" && "id" in value ? Number(value.id) : null;
}
