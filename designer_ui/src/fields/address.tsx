import { lazyInput } from "@/catalogue/lazyInput";
import type { Json } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

const PARTS = ["province", "city", "district", "detail"] as const;

/** Parts in the order of a Chinese address; a city named like its province (Beijing) stands once. */
function line(value: Json): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return plain(value);
  const address = value as Record<string, Json>;
  const parts = PARTS.map((key) => plain(address[key] ?? null)).filter(Boolean);
  return parts.filter((part, index) => part !== parts[index - 1]).join(" ");
}

function Cell({ value }: CellProps) {
  return <>{line(value)}</>;
}

const address: FieldTypeUi = {
  type: "address",
  Cell,
  Input: lazyInput(() => import("./inputs/AddressInput")),
  text: line,
  width: 240,
  wide: true,
};

export default address;
