import { Switch } from "antd";
import type { InputProps } from "@/catalogue/registry";

export default function BooleanInput({ id, value, onChange, disabled, autoFocus, describedBy, label, onCommit }: InputProps) {
  return (
    <Switch
      id={id}
      checked={value === true}
      onChange={(on) => {
        onChange(on);
        onCommit?.();
      }}
      disabled={disabled ?? false}
      autoFocus={autoFocus ?? false}
      aria-describedby={describedBy}
      aria-label={label}
    />
  );
}
