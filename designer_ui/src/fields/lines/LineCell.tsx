/** One value of one line. */
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { isBlank, shownType, type Place } from "@/catalogue/registry";
import { isUnreadable } from "@/model/cells";
import { useFormat } from "@/ui/format";
import type { LineColumn } from "./columns";

/** Types whose cell is a link; in a form that is not saved yet nobody is led away. */
const LINKS = new Set(["relation", "relations", "relation_any", "email", "phone", "url"]);

/** A value as the grid shows it; what could not be read stands there as it was pasted. */
export const LineValue = memo(function LineValue({ column: { field }, value, place }: { column: LineColumn; value: Json | undefined; place: Place }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === undefined || isBlank(value)) return null;
  if (isUnreadable(field, value)) return <span className="line-unread">{String(value)}</span>;
  if (LINKS.has(field.type)) return <>{shownType(field).text(value, field, format) || t("fields.hiddenRecord")}</>;
  return <FieldCell value={value} field={field} place={place} />;
});
