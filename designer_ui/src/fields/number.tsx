import { lazy } from "react";
import type { FieldTypeUi } from "@/catalogue/registry";
import { decimalsOf, numberLooks } from "./parts/number";

const number: FieldTypeUi = {
  type: "number",
  ...numberLooks((field) => ({ decimals: decimalsOf(field), grouping: field.settings?.["thousands"] !== false })),
  Input: lazy(() => import("./inputs/NumberInput")),
  width: 120,
};

export default number;
