import type { InputProps } from "@/catalogue/registry";
import { DecimalInput } from "../parts/DecimalInput";
import { decimalsOf } from "../parts/number";

/** Typed and shown as 15 %, stored as 0.15. */
export default function PercentInput(props: InputProps) {
  return <DecimalInput {...props} decimals={decimalsOf(props.field)} shift={2} suffix="%" />;
}
