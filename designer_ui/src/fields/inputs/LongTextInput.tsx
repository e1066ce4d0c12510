import { Input } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { numberSetting } from "@/catalogue/settings";
import { useFormat } from "@/ui/format";
import { controlProps } from "../parts/inputProps";
import { plain } from "../parts/text";

export default function LongTextInput(props: InputProps) {
  const format = useFormat();
  const { value, onChange, field, inline } = props;
  return (
    <Input.TextArea
      {...controlProps(props)}
      value={plain(value)}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      placeholder={format.label(field.placeholder)}
      maxLength={numberSetting(field, "max_length")}
      autoSize={{ minRows: inline ? 1 : 3, maxRows: 14 }}
    />
  );
}
