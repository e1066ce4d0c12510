/** How a stretch of days is called: "November 2026", "Q4 2026", "Week of 23 Nov 2026". */
import type { GroupPeriod } from "@/model/view";
import type { Format } from "@/ui/format";
import type { TFunction } from "i18next";

/** `start` is the first day, `yyyy-mm-dd`. */
export function periodName(start: string, by: GroupPeriod, format: Format, t: TFunction): string {
  const date = new Date(`${start}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return start;
  const year = date.getUTCFullYear();
  switch (by) {
    case "day":
      return format.date(start);
    case "week":
      return t("list.group.week", { date: format.date(start) });
    case "month":
      return new Intl.DateTimeFormat(format.language, { year: "numeric", month: "long", timeZone: "UTC" }).format(date);
    case "quarter":
      return t("list.group.quarterOf", { year, quarter: Math.floor(date.getUTCMonth() / 3) + 1 });
    case "year":
      return t("list.group.yearOf", { year });
  }
}
