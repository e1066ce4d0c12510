/** A month: weeks of seven days, with the entries as bars across them. */
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { addDays, daysBetween, daysFrom, hiddenBars, layBars, type Entry, type Period } from "@/model/calendar";
import { useFormat } from "@/ui/format";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "./context";
import { DayHead } from "./DayHead";
import { EntryButton, MOVE, RESIZE } from "./EntryButton";
import { dayName } from "./names";

/** Heights in px: of a day's number, of a bar with the gap below it. */
const HEAD = 25;
const LANE = 25;

interface Props {
  readonly period: Period;
  /** The month the days belong to: "2026-03". */
  readonly month: string;
  readonly entries: readonly Entry[];
}

export function MonthView({ period, month, entries }: Props) {
  const weeks = (daysBetween(period.first, period.last) + 1) / 7;
  const { language } = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(4);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = (): void => setRoom(Math.max(1, Math.floor((element.clientHeight / weeks - HEAD) / LANE)));
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    measure();
    return () => watcher.disconnect();
  }, [weeks]);
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const day = event.target instanceof HTMLElement ? event.target.dataset["day"] : undefined;
    if (step === undefined || day === undefined || event.altKey) return;
    event.preventDefault();
    frame.current?.querySelector<HTMLElement>(`button[data-day="${addDays(day, step)}"]`)?.focus();
  };
  return (
    <div className="cal-month">
      <div className="cal-weekdays" aria-hidden>
        {daysFrom(period.first, 7).map((day) => <span key={day}>{dayName(day, language)}</span>)}
      </div>
      <div ref={frame} className="cal-weeks" onKeyDown={move}>
        {Array.from({ length: weeks }, (_, week) => (
          <Week key={addDays(period.first, week * 7)} first={addDays(period.first, week * 7)} month={month} room={room} entries={entries} />
        ))}
      </div>
    </div>
  );
}

function Week({ first, month, room, entries }: { first: string; month: string; room: number; entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<string | null>(null);
  const { moveBy, endOn } = useCalendar();
  useEffect(() => {
    const element = row.current;
    if (!element) return undefined;
    const dayAt = (x: number): string => {
      const { left, width } = element.getBoundingClientRect();
      return addDays(first, Math.max(0, Math.min(6, Math.floor(((x - left) / width) * 7))));
    };
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => [MOVE, RESIZE].includes(source.data["kind"] as string),
      onDrag: ({ location }) => setOver(dayAt(location.current.input.clientX)),
      onDragLeave: () => setOver(null),
      onDrop: ({ source, location }) => {
        setOver(null);
        const entry = source.data["entry"] as Entry;
        const day = dayAt(location.current.input.clientX);
        if (source.data["kind"] === RESIZE) return endOn(entry, day);
        // A long bar is held anywhere along it: it moves by as many days as the pointer did.
        const grabbed = dayUnder(source.element, source.data["grabX"] as number) ?? entry.first;
        return moveBy(entry, daysBetween(grabbed, day));
      },
    });
  }, [first, moveBy, endOn]);
  const bars = layBars(entries, first);
  // The word that there are more takes the place of the last bar.
  const lanes = bars.some((bar) => bar.lane >= room) ? Math.max(1, room - 1) : room;
  const hidden = hiddenBars(bars, lanes);
  return (
    <div ref={row} className="cal-week" role="group" aria-label={t("calendar.weekOf", { date: format.date(first) })} data-week={first}>
      {daysFrom(first, 7).map((day, column) => (
        <DayCell key={day} day={day} outside={!day.startsWith(month)} over={over === day} hidden={hidden[column] ?? 0} lanes={lanes}>
          {bars
            .filter((bar) => bar.column === column && bar.lane < lanes)
            .map((bar) => (
              <EntryButton
                key={bar.entry.record.id}
                entry={bar.entry}
                shape="bar"
                before={bar.before}
                after={bar.after}
                style={{ top: HEAD + bar.lane * LANE, width: `calc(${bar.span * 100}% + ${bar.span - 1}px - 8px)` }}
              />
            ))}
        </DayCell>
      ))}
    </div>
  );
}

/** The day at which a bar was taken hold of. */
function dayUnder(bar: Element, x: number): string | null {
  const week = bar.closest<HTMLElement>("[data-week]");
  if (!week) return null;
  const { left, width } = week.getBoundingClientRect();
  return addDays(week.dataset["week"] ?? "", Math.max(0, Math.min(6, Math.floor(((x - left) / width) * 7))));
}

interface CellProps {
  readonly day: string;
  readonly outside: boolean;
  readonly over: boolean;
  readonly hidden: number;
  readonly lanes: number;
  readonly children: React.ReactNode;
}

function DayCell({ day, outside, over, hidden, lanes, children }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { today, kindOf, creates, create, showDay } = useCalendar();
  const kind = kindOf(day);
  const classes = ["cal-day", outside ? "outside" : "", kind.working ? "" : "free", day === today ? "today" : "", over ? "over" : ""];
  return (
    <div className={classes.filter(Boolean).join(" ")} onClick={creates ? (event) => event.target === event.currentTarget && create(day, null) : undefined}>
      <DayHead day={day} className="cal-dayhead" numberClass="cal-number num" shown={String(Number(day.slice(8)))} spoken={t("calendar.openDay", { date: format.date(day) })} />
      {children}
      {hidden > 0 ? (
        <button type="button" className="cal-more" style={{ top: HEAD + lanes * LANE }} aria-label={t("calendar.moreOf", { count: hidden, date: format.date(day) })} onClick={() => showDay(day)}>
          {t("calendar.more", { count: hidden })}
        </button>
      ) : null}
    </div>
  );
}
