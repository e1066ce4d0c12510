import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/ui/format";
import type { DayDraft } from "./DayDialog";
import { addDays, daysOf, kindOf, weekdayOf, type Calendar, type CalendarDay } from "./days";
import { weekdayName } from "./Week";

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 };
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

interface Props {
  readonly year: number;
  readonly calendar: Calendar;
  readonly onDay: (draft: DayDraft) => void;
}

/** Twelve months; the arrow keys walk over the days, Enter opens one. One day only is a stop of the Tab key. */
export function YearView({ year, calendar, onDay }: Props) {
  const { language } = useFormat();
  const [at, setAt] = useState(`${year}-01-01`);
  const [walking, setWalking] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const named = new Map(calendar.days.map((one) => [one.day, one]));
  useEffect(() => {
    if (walking) frame.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
  }, [at, walking]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = addDays(at, step);
    if (!next.startsWith(`${year}-`)) return;
    setWalking(true);
    setAt(next);
  };
  const month = (number: number) => new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(year, number - 1, 1));
  return (
    <div ref={frame} className="cal-year" onKeyDown={onKeyDown}>
      {MONTHS.map((number) => (
        <section key={number} aria-label={month(number)}>
          <h3>{month(number)}</h3>
          <div className="cal-days">
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => <span key={weekday} className="head" aria-hidden>{weekdayName(language, weekday, "narrow")}</span>)}
            {daysOf(year, number).map((day) => (
              <Day key={day} day={day} calendar={calendar} named={named} tabbable={day === at} onOpen={(draft) => { setAt(day); onDay(draft); }} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

interface DayProps {
  readonly day: string;
  readonly calendar: Calendar;
  readonly named: ReadonlyMap<string, CalendarDay>;
  readonly tabbable: boolean;
  readonly onOpen: (draft: DayDraft) => void;
}

function Day({ day, calendar, named, tabbable, onOpen }: DayProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = named.get(day);
  const kind = kindOf(day, calendar, named);
  const words = [format.date(day), t(`settings.calendar.kind.${kind}`), own?.name].filter(Boolean).join(", ");
  return (
    <button
      type="button"
      className={`day ${kind}`}
      data-day={day}
      style={day.endsWith("-01") ? { gridColumnStart: weekdayOf(day) } : undefined}
      tabIndex={tabbable ? 0 : -1}
      title={own ? `${t(`settings.calendar.kind.${kind}`)} ${own.name}`.trim() : undefined}
      onClick={() => onOpen({ from: day, to: day, kind: own ? (own.working ? "makeup" : "holiday") : kind === "working" ? "holiday" : "makeup", name: own?.name ?? "" })}
    >
      <span aria-hidden>{Number(day.slice(8))}</span>
      <span className="sr-only">{words}</span>
    </button>
  );
}
