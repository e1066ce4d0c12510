import { Input } from "antd";
import { useState } from "react";
import type { Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { decimalJson, decimalText, readDecimal, roundDecimal, shiftPoint } from "@/model/decimal";
import { useFormat } from "@/ui/format";
import { controlProps } from "./inputProps";

interface Props extends InputProps {
  readonly decimals: number | undefined;
  /** Shown this many places to the left: 2 for percent. */
  readonly shift?: number;
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
}

function shownText(value: Json, shift: number): string {
  if (typeof value !== "number" && typeof value !== "string") return "";
  const text = decimalText(value);
  return readDecimal(text) === null ? text : shiftPoint(text, shift);
}

/**
 * Exact decimals of any length. While it has the focus it shows what was typed; text that is no number
 * goes to the server as it is, whose answer says so, instead of silently vanishing.
 */
export function DecimalInput({ decimals, shift = 0, prefix, suffix, ...props }: Props) {
  const { value, onChange, field } = props;
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string) => {
    setTyped(text);
    if (text.trim() === "") return onChange(null);
    const read = readDecimal(text);
    onChange(read === null ? text : decimalJson(shiftPoint(read, -shift)));
  };
  const leave = () => {
    setTyped(null);
    const read = typed === null ? null : readDecimal(typed);
    if (read === null || decimals === undefined) return;
    const rounded = roundDecimal(read, decimals);
    if (rounded !== read) onChange(decimalJson(shiftPoint(rounded, -shift)));
  };
  const text = shownText(value, shift);
  const grouped = typed === null && text !== "" && readDecimal(text) !== null ? format.number(text) : text;
  return (
    <Input
      {...controlProps(props)}
      inputMode="decimal"
      className="num"
      autoComplete="off"
      value={typed ?? grouped}
      prefix={prefix ? <span className="muted">{prefix}</span> : undefined}
      suffix={suffix ? <span className="muted">{suffix}</span> : undefined}
      placeholder={format.label(field.placeholder)}
      onFocus={() => setTyped(text)}
      onBlur={leave}
      onChange={(event) => change(event.target.value)}
    />
  );
}
