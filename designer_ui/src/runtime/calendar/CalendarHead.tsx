/** Above a calendar: which days are shown, the days before and after, and what is shown of them. */
import { CALENDAR_MODES, type CalendarMode } from "@/model/view";
import type { Period } from "@/model/calendar";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Button, DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { periodName } from "./names";

interface Props {
  readonly mode: CalendarMode;
  readonly day: string;
  readonly today: string;
  readonly period: Period;
  readonly phone: boolean;
  readonly onMode: (mode: CalendarMode) => void;
  readonly onDay: (day: string) => void;
  readonly onStep: (step: number) => void;
}

export function CalendarHead({ mode, day, today, period, phone, onMode, onDay, onStep }: Props) {
  const { t } = useTranslation();
  const { language } = useFormat();
  return (
    <div className="cal-bar">
      <Button onClick={() => onDay(today)} disabled={period.first <= today && today <= period.last && (mode === "month" || day === today)}>{t("calendar.today")}</Button>
      <IconButton label={t(`calendar.previous.${mode}`)} onClick={() => onStep(-1)}><IconChevronLeft size={18} aria-hidden /></IconButton>
      <IconButton label={t(`calendar.next.${mode}`)} onClick={() => onStep(1)}><IconChevronRight size={18} aria-hidden /></IconButton>
      <h2 aria-live="polite">{periodName(mode, day, period, language)}</h2>
      {phone ? null : (
        <span className="cal-barend">
          <DatePicker
            aria-label={t("calendar.goTo")}
            value={dayjs(day)}
            allowClear={false}
            picker={mode === "month" ? "month" : "date"}
            onChange={(picked) => picked && onDay(picked.format("YYYY-MM-DD"))}
          />
          <Segmented<CalendarMode>
            aria-label={t("calendar.mode")}
            value={mode}
            options={CALENDAR_MODES.map((value) => ({ value, label: t(`calendar.${value}`) }))}
            onChange={onMode}
          />
        </span>
      )}
    </div>
  );
}
