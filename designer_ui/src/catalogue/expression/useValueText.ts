/** Values of expressions as people read them. */
import type { Json } from "@/api";
import type { PathStep } from "@/model/expression";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";

/** More say nothing to anybody who looks at how a value comes about. */
const MOST_DECIMALS = 8;

type Named = { readonly id: number; readonly title?: string | null; readonly name?: string | null };

/** `field` is the field a value was read from, whose options have labels. */
export function useValueText(): (value: Json, type: string, field?: PathStep | null) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const one = (value: Json, type: string, field: PathStep | null): string => {
    if (value === null || value === "") return t("expression.blank");
    if (typeof value === "boolean") return t(value ? "ui.yes" : "ui.no");
    if (typeof value === "object") {
      const { id, title, name } = value as unknown as Named;
      return title ?? name ?? `#${id}`;
    }
    if (type === "number" || type === "money") return format.number(value, { decimals: MOST_DECIMALS });
    if (type === "percent") return format.number(value, { percent: true });
    const text = String(value);
    if (type === "date") return format.date(text);
    if (type === "datetime") return format.dateTime(text);
    if (type === "time") return format.time(text);
    const option = field?.info.options?.[text];
    return option ? format.label(option) : text;
  };
  return (value, type, field = null) => {
    if (!Array.isArray(value)) return one(value, type, field);
    const item = type.replace(/^list of /, "");
    return value.map((single: Json) => one(single, item, field)).join(format.language === "zh-CN" ? "、" : ", ");
  };
}
