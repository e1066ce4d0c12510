/** Chooses one field of the form by its label. */
import { useFormat } from "@/ui/format";
import { Select } from "antd";
import type { Fields } from "../fields";

interface Props {
  readonly fields: Fields;
  readonly keys: readonly string[];
  readonly value: string | undefined;
  readonly label: string;
  readonly onChange: (key: string) => void;
  readonly className?: string;
  readonly placeholder?: string;
}

export function FieldSelect({ fields, keys, value, label, onChange, className = "", placeholder }: Props) {
  const format = useFormat();
  const options = keys.map((key) => ({ value: key, label: format.label(fields[key]?.label) || key }));
  return (
    <Select<string>
      className={className}
      value={value ?? null}
      options={options}
      aria-label={label}
      placeholder={placeholder}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      onChange={onChange}
    />
  );
}
