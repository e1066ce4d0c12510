import { lazyInput } from "@/catalogue/lazyInput";
import type { Json } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { optionOf } from "@/catalogue/settings";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { plain } from "./parts/text";

const items = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

function Cell({ value, field }: CellProps) {
  const format = useFormat();
  return (
    <span className="f-row">
      {items(value).map((key) => {
        const option = optionOf(field, key);
        return (
          <Tag key={plain(key)} color={option?.color}>
            {option ? format.label(option.label) : plain(key)}
          </Tag>
        );
      })}
    </span>
  );
}

const multiChoice: FieldTypeUi = {
  type: "multi_choice",
  Cell,
  Input: lazyInput(() => import("./inputs/MultiChoiceInput")),
  text: (value, field, format) =>
    items(value)
      .map((key) => format.label(optionOf(field, key)?.label) || plain(key))
      .join(", "),
  width: 180,
};

export default multiChoice;
