import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  return <span className="num">{useFormat().dateTime(plain(value))}</span>;
}

const datetime: FieldTypeUi = {
  type: "datetime",
  Cell,
  Input: lazyInput(() => import("./inputs/DateTimeInput")),
  text: (value, _field, format) => format.dateTime(plain(value)),
  width: 160,
};

export default datetime;
