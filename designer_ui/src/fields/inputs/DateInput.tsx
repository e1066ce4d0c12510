import { DatePicker } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { fromDate } from "../parts/dates";
import { controlProps } from "../parts/inputProps";

export default function DateInput(props: InputProps) {
  const { value, onChange, inline, onCommit } = props;
  return (
    <DatePicker
      {...controlProps(props)}
      className="f-fill"
      value={fromDate(value)}
      format="YYYY-MM-DD"
      {...(inline ? { defaultOpen: true } : {})}
      onChange={(date) => {
        onChange(date ? date.format("YYYY-MM-DD") : null);
        onCommit?.();
      }}
    />
  );
}
