import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { optionOf } from "@/catalogue/settings";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { plain } from "./parts/text";

function Cell({ value, field }: CellProps) {
  const format = useFormat();
  const option = optionOf(field, value);
  return <Tag color={option?.color}>{option ? format.label(option.label) : plain(value)}</Tag>;
}

const choice: FieldTypeUi = {
  type: "choice",
  Cell,
  Input: lazyInput(() => import("./inputs/ChoiceInput")),
  text: (value, field, format) => format.label(optionOf(field, value)?.label) || plain(value),
  width: 130,
};

export default choice;
