import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  return <span className="f-lines">{plain(value)}</span>;
}

const longText: FieldTypeUi = {
  type: "long_text",
  Cell,
  Input: lazyInput(() => import("./inputs/LongTextInput")),
  text: plain,
  width: 260,
  wide: true,
};

export default longText;
