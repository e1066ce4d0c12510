import { lazyInput } from "@/catalogue/lazyInput";
import type { FieldTypeUi } from "@/catalogue/registry";
import { decimalsOf, numberLooks } from "./parts/number";

const number: FieldTypeUi = {
  type: "number",
  ...numberLooks((field) => ({ decimals: decimalsOf(field), grouping: field.settings?.["thousands"] !== false })),
  Input: lazyInput(() => import("./inputs/NumberInput")),
  width: 120,
};

export default number;
