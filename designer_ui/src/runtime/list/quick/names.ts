/** What the choices of a date are called. */
import { isPeriod } from "@/model/filter";
import type { Format } from "@/ui/format";
import type { TFunction } from "i18next";

export function dateChoiceName(text: string, format: Format, t: TFunction): string {
  if (isPeriod(text)) return t(`list.filter.period.${text}`);
  if (text === "empty" || text === "overdue") return t(`list.quick.${text}`);
  const [which, days] = text.split("_");
  if ((which === "last" || which === "next") && days) return t(`list.quick.${which}Days`, { count: Number(days) });
  const [first = "", last = ""] = text.split("..");
  if (first === "") return t("list.quick.until", { date: format.date(last) });
  return last === "" ? t("list.quick.since", { date: format.date(first) }) : `${format.date(first)} – ${format.date(last)}`;
}
