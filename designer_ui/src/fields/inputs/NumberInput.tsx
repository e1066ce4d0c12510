import type { InputProps } from "@/catalogue/registry";
import { decimalsOf } from "../parts/number";
import { textSetting } from "@/catalogue/settings";
import { DecimalInput } from "../parts/DecimalInput";

export default function NumberInput(props: InputProps) {
  return <DecimalInput {...props} decimals={decimalsOf(props.field)} suffix={textSetting(props.field, "unit")} />;
}
