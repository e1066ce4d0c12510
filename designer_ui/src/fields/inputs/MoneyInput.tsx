import type { InputProps } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { useFormat } from "@/ui/format";
import { DecimalInput } from "../parts/DecimalInput";
import { decimalsOf } from "../parts/number";

function symbolOf(currency: string, language: string): string {
  const parts = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

export default function MoneyInput(props: InputProps) {
  const { language } = useFormat();
  const symbol = symbolOf(textSetting(props.field, "currency") ?? "CNY", language);
  return <DecimalInput {...props} decimals={decimalsOf(props.field) ?? 2} prefix={symbol} />;
}
