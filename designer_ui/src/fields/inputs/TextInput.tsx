import { Input } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { numberSetting } from "@/catalogue/settings";
import { useFormat } from "@/ui/format";
import { plain } from "../parts/text";

/** A line of text. What is typed is a value at once; "" is blank. */
export default function TextInput({ id, value, onChange, field, disabled, invalid, autoFocus, describedBy, label, inline }: InputProps) {
  const format = useFormat();
  return (
    <Input
      id={id}
      value={plain(value)}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      placeholder={format.label(field.placeholder)}
      maxLength={numberSetting(field, "max_length")}
      disabled={disabled ?? false}
      status={invalid ? "error" : ""}
      autoFocus={autoFocus ?? false}
      autoComplete="off"
      variant={inline ? "borderless" : "outlined"}
      aria-describedby={describedBy}
      aria-label={label}
      aria-invalid={invalid ?? false}
    />
  );
}
