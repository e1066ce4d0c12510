import { lazyInput } from "@/catalogue/lazyInput";
import type { FieldTypeUi } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { decimalsOf, numberLooks } from "./parts/number";

const money: FieldTypeUi = {
  type: "money",
  ...numberLooks((field) => ({ decimals: decimalsOf(field) ?? 2, currency: textSetting(field, "currency") ?? "CNY" })),
  Input: lazyInput(() => import("./inputs/MoneyInput")),
  width: 130,
};

export default money;
