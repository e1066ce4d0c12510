import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  return <span className="num">{useFormat().date(plain(value))}</span>;
}

const date: FieldTypeUi = {
  type: "date",
  Cell,
  Input: lazyInput(() => import("./inputs/DateInput")),
  text: (value, _field, format) => format.date(plain(value)),
  width: 120,
};

export default date;
