/** The head of a day: opens the day, says what day it is, and begins a record there. */
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "./context";

interface Props {
  readonly day: string;
  readonly className: string;
  readonly numberClass: string;
  readonly shown: string;
  /** The day as it is read out. */
  readonly spoken: string;
}

export function DayHead({ day, className, numberClass, shown, spoken }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { today, kindOf, creates, create, showDay } = useCalendar();
  const kind = kindOf(day);
  const special = kind.name || (kind.working ? "" : t("calendar.notWorked"));
  return (
    <div className={className}>
      <button type="button" className={numberClass} data-day={day} aria-current={day === today ? "date" : undefined} onClick={() => showDay(day)}>
        {shown}
        <span className="sr-only">{[spoken, special].filter(Boolean).join(", ")}</span>
      </button>
      {kind.name ? <span className="cal-holiday" title={kind.name}>{kind.name}</span> : null}
      {creates ? (
        <IconButton label={t("calendar.newAt", { date: format.date(day) })} className="cal-new" onClick={() => create(day, null)}>
          <IconPlus size={14} aria-hidden />
        </IconButton>
      ) : null}
    </div>
  );
}
