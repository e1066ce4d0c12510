import { IconChevronLeft, IconChevronRight, IconFileImport, IconPlus } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ErrorView } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { useTitle } from "@/ui/useTitle";
import { useCalendar } from "./calls";
import { CalendarImportDialog } from "./CalendarImportDialog";
import { DayDialog, type DayDraft } from "./DayDialog";
import type { Calendar } from "./days";
import { Week } from "./Week";
import { YearView } from "./YearView";
import "./calendar.css";

/** The year in the workspace's time zone. */
function yearNow(timeZone: string): number {
  return Number(new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(new Date()));
}

/** Which days are worked: the week, holidays, make-up days, a year at a time. */
export function CalendarPage() {
  const { t } = useTranslation();
  const calendar = useCalendar();
  useTitle(t("settings.calendar.title"));
  if (calendar.error) return <ErrorView error={calendar.error} onRetry={() => void calendar.refetch()} />;
  if (!calendar.data) return <Skeleton lines={12} />;
  return <CalendarOf calendar={calendar.data} />;
}

function CalendarOf({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const [editing, setEditing] = useState<DayDraft | null>(null);
  const [importing, setImporting] = useState(false);
  const asked = Number(search.get("year"));
  const year = Number.isInteger(asked) && asked >= 1970 && asked <= 2200 ? asked : yearNow(format.timeZone);
  const show = (next: number) => setSearch({ year: String(next) }, { replace: true });
  const own = calendar.days.filter((one) => one.day.startsWith(`${year}-`));
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.calendar.title")}</h1>
        <span className="actions">
          <Button icon={<IconFileImport size={16} aria-hidden />} onClick={() => setImporting(true)}>{t("settings.calendar.import")}</Button>
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setEditing({ from: `${year}-01-01`, to: `${year}-01-01`, kind: "holiday", name: "" })}>{t("settings.calendar.add")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("settings.calendar.lead")}</p>
      <Week calendar={calendar} />
      <div className="cal-head">
        <IconButton label={t("settings.calendar.before")} onClick={() => show(year - 1)}><IconChevronLeft size={18} aria-hidden /></IconButton>
        <h2 className="num" aria-live="polite">{year}</h2>
        <IconButton label={t("settings.calendar.after")} onClick={() => show(year + 1)}><IconChevronRight size={18} aria-hidden /></IconButton>
        <ul className="cal-legend">
          {(["holiday", "makeup", "free"] as const).map((kind) => (
            <li key={kind}><i className={`day ${kind}`} aria-hidden />{t(`settings.calendar.kind.${kind}`)}</li>
          ))}
        </ul>
        <span className="muted num">{t("settings.calendar.count", { holidays: own.filter((one) => !one.working).length, makeup: own.filter((one) => one.working).length })}</span>
      </div>
      <YearView key={year} year={year} calendar={calendar} onDay={setEditing} />
      {editing ? <DayDialog draft={editing} onClose={() => setEditing(null)} /> : null}
      {importing ? <CalendarImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  );
}
