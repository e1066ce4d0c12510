import type { InputProps } from "@/catalogue/registry";
import { optionsOf } from "@/catalogue/settings";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { Picker } from "../parts/Picker";

export default function ChoiceInput({ value, onChange, ...rest }: InputProps) {
  const format = useFormat();
  const options = optionsOf(rest.field).map((option) => {
    const label = format.label(option.label);
    return { value: option.key, label, shown: <Tag color={option.color}>{label}</Tag> };
  });
  return <Picker {...rest} options={options} value={typeof value === "string" ? value : null} onPick={(next) => onChange(next as string | null)} />;
}
