import { Rate } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { numberSetting } from "@/catalogue/settings";

export default function RatingInput({ id, value, onChange, field, disabled, autoFocus, label, onCommit }: InputProps) {
  return (
    <span id={id} role="group" aria-label={label}>
      <Rate
        count={numberSetting(field, "maximum") ?? 5}
        value={typeof value === "number" ? value : 0}
        disabled={disabled ?? false}
        autoFocus={autoFocus ?? false}
        onChange={(stars) => {
          onChange(stars === 0 ? null : stars);
          onCommit?.();
        }}
      />
    </span>
  );
}
