import type { FieldInfo, Json } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { numberSetting, textSetting } from "@/catalogue/settings";
import { useFormat, type Format, type NumberStyle } from "@/ui/format";
import { plain } from "./text";

type StyleOf = (field: FieldInfo) => NumberStyle;

function shown(value: Json, field: FieldInfo, format: Format, style: StyleOf): string {
  if (typeof value !== "number" && typeof value !== "string") return plain(value);
  // Formula problems such as #DIV/0! arrive as text.
  if (typeof value === "string" && !/^-?\d/.test(value)) return value;
  const unit = textSetting(field, "unit");
  const text = format.number(value, style(field));
  return unit ? `${text} ${unit}` : text;
}

/** Cell and text of a number-like type that differs only in its style. */
export function numberLooks(style: StyleOf): Pick<FieldTypeUi, "Cell" | "text" | "align"> {
  function Cell({ value, field }: CellProps) {
    const format = useFormat();
    return <span className="num">{shown(value, field, format, style)}</span>;
  }
  return { Cell, text: (value, field, format) => shown(value, field, format, style), align: "end" };
}

export const decimalsOf = (field: FieldInfo): number | undefined => numberSetting(field, "decimals");
