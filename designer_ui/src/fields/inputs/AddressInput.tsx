import { Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api";
import type { InputProps } from "@/catalogue/registry";
import { controlProps } from "../parts/inputProps";

const PARTS = ["province", "city", "district", "detail"] as const;

export default function AddressInput(props: InputProps) {
  const { t } = useTranslation();
  const { value, onChange, id, describedBy, invalid, disabled, inline, autoFocus } = props;
  const address = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
  const change = (part: string, text: string) => {
    const next = Object.fromEntries(Object.entries({ ...address, [part]: text }).filter(([, filled]) => filled !== "" && filled !== null));
    onChange(Object.keys(next).length ? next : null);
  };
  return (
    <div className="f-address" role="group" aria-describedby={describedBy}>
      {PARTS.map((part, index) => (
        <Input
          key={part}
          {...controlProps({ ...props, disabled: disabled ?? false, invalid: invalid ?? false, inline: inline ?? false })}
          id={index === 0 ? id : `${id}-${part}`}
          autoFocus={index === 0 && (autoFocus ?? false)}
          aria-label={t(`fields.address.${part}`)}
          placeholder={t(`fields.address.${part}`)}
          value={typeof address[part] === "string" ? (address[part] as string) : ""}
          onChange={(event) => change(part, event.target.value)}
        />
      ))}
    </div>
  );
}
