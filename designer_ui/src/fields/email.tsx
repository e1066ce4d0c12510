import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

function Cell({ value }: CellProps) {
  const text = plain(value);
  return (
    <a href={`mailto:${text}`} className="num" onClick={(event) => event.stopPropagation()}>
      {text}
    </a>
  );
}

const email: FieldTypeUi = {
  type: "email",
  Cell,
  Input: lazyInput(() => import("./inputs/EmailInput")),
  text: plain,
  width: 200,
};

export default email;
