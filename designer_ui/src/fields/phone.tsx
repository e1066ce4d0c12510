import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  const text = plain(value);
  return (
    <a href={`tel:${text}`} className="num" onClick={(event) => event.stopPropagation()}>
      {text}
    </a>
  );
}

const phone: FieldTypeUi = {
  type: "phone",
  Cell,
  Input: lazyInput(() => import("./inputs/PhoneInput")),
  text: plain,
  width: 140,
};

export default phone;
