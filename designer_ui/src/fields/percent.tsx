import { lazyInput } from "@/catalogue/lazyInput";
import type { FieldTypeUi } from "@/catalogue/registry";
import { decimalsOf, numberLooks } from "./parts/number";

const percent: FieldTypeUi = {
  type: "percent",
  ...numberLooks((field) => ({ decimals: decimalsOf(field), percent: true })),
  Input: lazyInput(() => import("./inputs/PercentInput")),
  width: 100,
};

export default percent;
