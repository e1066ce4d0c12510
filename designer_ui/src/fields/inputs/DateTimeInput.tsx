import { DatePicker } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { inZone, toInstant } from "../parts/dates";
import { controlProps } from "../parts/inputProps";

export default function DateTimeInput(props: InputProps) {
  const { value, onChange, inline, onCommit } = props;
  const { timeZone } = useFormat();
  return (
    <DatePicker
      {...controlProps(props)}
      className="f-fill"
      value={inZone(value, timeZone)}
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      {...(inline ? { defaultOpen: true } : {})}
      onChange={(moment) => {
        onChange(moment ? toInstant(moment.second(0), timeZone) : null);
        onCommit?.();
      }}
    />
  );
}
