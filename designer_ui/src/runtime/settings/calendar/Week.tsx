import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { issueAt } from "../parts/Field";
import { useChangeCalendar } from "./calls";
import type { Calendar } from "./days";

/** 2024-01-01 was a Monday. */
export function weekdayName(language: string, weekday: number, width: "short" | "narrow" | "long"): string {
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: "UTC" }).format(Date.UTC(2024, 0, weekday));
}

/** The days of the week that are worked. */
export function Week({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const errorText = useErrorText();
  const change = useChangeCalendar();
  const shown = change.isPending ? (change.variables.weekdays ?? calendar.weekdays) : calendar.weekdays;
  const toggle = (weekday: number): void => {
    const weekdays = shown.includes(weekday) ? shown.filter((one) => one !== weekday) : [...shown, weekday];
    change.mutate({ weekdays }, { onSuccess: () => announce(t("settings.calendar.weekSaved")) });
  };
  return (
    <fieldset className="set-field cal-week">
      <legend>{t("settings.calendar.week")}</legend>
      <div className="set-line">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <Checkbox key={weekday} checked={shown.includes(weekday)} disabled={change.isPending} onChange={() => toggle(weekday)}>{weekdayName(language, weekday, "short")}</Checkbox>
        ))}
      </div>
      {change.isError ? <p className="set-issue" role="alert">{issueAt(change.error, "/weekdays") ?? errorText(change.error)}</p> : null}
    </fieldset>
  );
}
