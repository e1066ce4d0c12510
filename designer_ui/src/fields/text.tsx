import { lazyInput } from "@/catalogue/lazyInput";
import type { FieldTypeUi } from "@/catalogue/registry";
import { plain, TextCell } from "./parts/text";
import "./parts/fields.css";

const text: FieldTypeUi = {
  type: "text",
  Cell: TextCell,
  Input: lazyInput(() => import("./inputs/TextInput")),
  text: plain,
  width: 180,
};

export default text;
