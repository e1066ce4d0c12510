import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  return <span className="num">{plain(value)}</span>;
}

const autonumber: FieldTypeUi = {
  type: "autonumber",
  Cell,
  Input: lazyInput(() => import("./inputs/ComputedInput")),
  text: plain,
  width: 150,
};

export default autonumber;
