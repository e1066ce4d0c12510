import type { FileJson, Json } from "@/api";

export function filesOf(value: Json): readonly FileJson[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json) =>
    typeof item === "object" && item !== null && "id" in item ? [item as unknown as FileJson] : [],
  );
}
