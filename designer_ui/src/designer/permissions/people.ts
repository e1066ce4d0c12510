/** The value of a field for people or departments, which may hold bare ids before the server has answered. */
import type { Json } from "@/api";

export function namesOf(value: Json): readonly { readonly id: number; readonly name: string }[] {
  const items: readonly Json[] = Array.isArray(value) ? value : value === null ? [] : [value];
  return items.map((one) => (typeof one === "object" && one !== null && "id" in one ? { id: Number(one["id"]), name: String(one["name"] ?? `#${String(one["id"])}`) } : { id: Number(one), name: `#${String(one)}` }));
}

export const idsOf = (value: Json): readonly number[] => namesOf(value).map(({ id }) => id);
