import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  return <span className="num">{useFormat().time(plain(value))}</span>;
}

const time: FieldTypeUi = {
  type: "time",
  Cell,
  Input: lazyInput(() => import("./inputs/TimeInput")),
  text: (value, _field, format) => format.time(plain(value)),
  width: 90,
};

export default time;
