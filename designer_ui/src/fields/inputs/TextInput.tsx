import { Input } from "antd";
import type { InputProps } from "@/catalogue/registry";
import { numberSetting } from "@/catalogue/settings";
import { useFormat } from "@/ui/format";
import { controlProps } from "../parts/inputProps";
import { plain } from "../parts/text";

interface Props extends InputProps {
  readonly type?: "text" | "email" | "tel" | "url";
}

/** A line of text. What is typed is a value at once; nothing is blank. */
export default function TextInput({ type = "text", ...props }: Props) {
  const format = useFormat();
  const { value, onChange, field } = props;
  return (
    <Input
      {...controlProps(props)}
      type={type === "tel" ? "tel" : "text"}
      inputMode={type}
      value={plain(value)}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      placeholder={format.label(field.placeholder)}
      maxLength={numberSetting(field, "max_length")}
      autoComplete="off"
      spellCheck={type === "text"}
    />
  );
}
