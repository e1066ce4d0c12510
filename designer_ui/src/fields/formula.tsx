import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { fieldType } from "@/catalogue/registry";

function Cell({ value, field, place }: CellProps) {
  // A formula that cannot be worked out for this record shows its error as spreadsheets do.
  if (typeof value === "string" && value.startsWith("#")) return <span className="f-error">{value}</span>;
  const { Cell: ResultCell } = fieldType(field.result ?? "text");
  return <ResultCell value={value} field={field} place={place} />;
}

const formula: FieldTypeUi = {
  type: "formula",
  Cell,
  Input: lazyInput(() => import("./inputs/ComputedInput")),
  text: (value, field, format) => fieldType(field.result ?? "text").text(value, field, format),
  width: 130,
};

export default formula;
