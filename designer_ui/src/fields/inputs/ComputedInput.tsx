import { useTranslation } from "react-i18next";
import type { InputProps } from "@/catalogue/registry";
import { isBlank, shownType } from "@/catalogue/registry";

/** What the server works out: shown where an input would stand, never typed. */
export default function ComputedInput({ id, value, field, place, describedBy }: InputProps) {
  const { t } = useTranslation();
  const { Cell } = shownType(field);
  return (
    <output id={id} className="f-computed" aria-describedby={describedBy}>
      {isBlank(value) ? <span className="muted">{field.type === "autonumber" ? t("fields.numberOnSave") : "—"}</span> : <Cell value={value} field={field} place={place} />}
    </output>
  );
}
