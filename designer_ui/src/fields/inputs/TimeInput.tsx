import { TimePicker } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { fromTime } from "../parts/dates";
import { controlProps } from "../parts/inputProps";

export default function TimeInput(props: InputProps) {
  const { value, onChange, inline, onCommit } = props;
  return (
    <TimePicker
      {...controlProps(props)}
      className="f-fill"
      value={fromTime(value)}
      format="HH:mm"
      {...(inline ? { defaultOpen: true } : {})}
      onChange={(time) => {
        onChange(time ? time.format("HH:mm:00") : null);
        onCommit?.();
      }}
    />
  );
}
