import { useTranslation } from "react-i18next";
import type { InputProps } from "@/catalogue/registry";
import { isBlank } from "@/catalogue/registry";
import { FieldCell } from "@/catalogue/FieldCell";

/** What the server works out: shown where an input would stand, never typed. */
export default function ComputedInput({ id, value, field, place, describedBy }: InputProps) {
  const { t } = useTranslation();
  const blank = isBlank(value);
  return (
    <output id={id} className="f-computed" aria-describedby={describedBy}>
      {blank ? <span className="muted">{field.type === "autonumber" ? t("fields.numberOnSave") : "—"}</span> : <FieldCell value={value} field={field} place={place} />}
    </output>
  );
}
