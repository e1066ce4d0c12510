import type { Json } from "@/api";
import type { CellProps } from "@/catalogue/registry";

/** Any JSON value as plain text, for values of an unexpected shape. */
export function plain(value: Json): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function TextCell({ value }: CellProps) {
  return <>{plain(value)}</>;
}
