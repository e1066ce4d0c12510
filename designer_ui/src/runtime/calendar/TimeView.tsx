/** A week or a day by the hour; what lasts whole days stands in a strip above. */
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { addDays, clockText, DAY_MINUTES, daysBetween, daysFrom, layBars, layBoxes, type Entry, type Period } from "@/model/calendar";
import { useFormat } from "@/ui/format";
import { useEffect, useLayoutEffect, useRef, useState, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "./context";
import { DayHead } from "./DayHead";
import { EntryButton, MOVE, RESIZE } from "./EntryButton";
import { longDay, shortDay } from "./names";

/** Height of an hour and of a lane of the strip, px. */
const HOUR = 44;
const LANE = 25;
const SNAP = 15;
/** Entries beside each other. */
const MOST_IN_WEEK = 4;
const MOST_IN_DAY = 12;
/** The hour that stands on top at first. */
const MORNING = 8;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const px = (minute: number): number => (minute / 60) * HOUR;

/** The quarter of an hour at a height in a day. */
const minuteAt = (y: number, last = DAY_MINUTES - SNAP): number => Math.max(0, Math.min(last, Math.round(((y / HOUR) * 60) / SNAP) * SNAP));

interface Props {
  readonly period: Period;
  readonly entries: readonly Entry[];
}

export function TimeView({ period, entries }: Props) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { frame, today, kindOf } = useCalendar();
  const body = useRef<HTMLDivElement>(null);
  const days = daysFrom(period.first, daysBetween(period.first, period.last) + 1);
  const bars = layBars(entries.filter((entry) => entry.from === null), period.first, days.length);
  const lanes = Math.max(1, ...bars.map((bar) => bar.lane + 1));
  useLayoutEffect(() => {
    if (body.current) body.current.scrollTop = px(MORNING * 60);
  }, []);
  return (
    <div className="cal-times" data-days={days.length} ref={body} tabIndex={0} role="group" aria-label={t(days.length === 1 ? "calendar.day" : "calendar.week")}>
      <div className="cal-heads">
        <span className="cal-gutter" aria-hidden />
        {days.map((day) => (
          <DayHead
            key={day}
            day={day}
            className={`cal-head ${day === today ? "today" : ""} ${kindOf(day).working ? "" : "free"}`}
            numberClass="cal-headday"
            shown={shortDay(day, language)}
            spoken={longDay(day, language)}
          />
        ))}
      </div>
      <div className="cal-strip">
        <span className="cal-gutter">{t("calendar.allDay")}</span>
        {days.map((day, column) => (
          <StripDay key={day} day={day} height={lanes * LANE + 6}>
            {bars
              .filter((bar) => bar.column === column)
              .map((bar) => (
                <EntryButton
                  key={bar.entry.record.id}
                  entry={bar.entry}
                  shape="bar"
                  before={bar.before}
                  after={bar.after}
                  style={{ top: 3 + bar.lane * LANE, width: `calc(${bar.span * 100}% + ${bar.span - 1}px - 8px)` }}
                />
              ))}
          </StripDay>
        ))}
      </div>
      {frame.timed ? (
        <div className="cal-hours">
          <div className="cal-gutter" aria-hidden>
            {HOURS.map((hour) => <span key={hour} className="num" style={{ top: hour * HOUR }}>{hour === 0 ? "" : clockText(hour * 60)}</span>)}
          </div>
          {days.map((day) => <DayColumn key={day} day={day} entries={entries} most={days.length === 1 ? MOST_IN_DAY : MOST_IN_WEEK} />)}
        </div>
      ) : null}
    </div>
  );
}

/** A day of the strip: what is dropped here keeps its time of day. */
function StripDay({ day, height, children }: { day: string; height: number; children: React.ReactNode }) {
  const { moveBy, endOn, kindOf, creates, create } = useCalendar();
  const cell = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!cell.current) return undefined;
    return dropTargetForElements({
      element: cell.current,
      canDrop: ({ source }) => [MOVE, RESIZE].includes(source.data["kind"] as string) && (source.data["entry"] as Entry).from === null,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const entry = source.data["entry"] as Entry;
        if (source.data["kind"] === RESIZE) endOn(entry, day);
        else moveBy(entry, daysBetween(entry.first, day));
      },
    });
  }, [day, moveBy, endOn]);
  return (
    <div
      ref={cell}
      className={`cal-stripday ${over ? "over" : ""} ${kindOf(day).working ? "" : "free"}`}
      style={{ height }}
      onClick={creates ? (event) => event.target === event.currentTarget && create(day, null) : undefined}
    >
      {children}
    </div>
  );
}

function DayColumn({ day, entries, most }: { day: string; entries: readonly Entry[]; most: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const column = useRef<HTMLDivElement>(null);
  const [mark, setMark] = useState<number | null>(null);
  const { today, now, kindOf, creates, create, showList, moveBy, endAt } = useCalendar();
  const { boxes, crowds } = layBoxes(entries, day, most);
  useEffect(() => {
    const element = column.current;
    if (!element) return undefined;
    const at = (y: number, grabbed = 0): number => y - element.getBoundingClientRect().top - grabbed;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => [MOVE, RESIZE].includes(source.data["kind"] as string) && (source.data["entry"] as Entry).from !== null,
      onDrag: ({ source, location }) => setMark(minuteAt(at(location.current.input.clientY, source.data["kind"] === MOVE ? (source.data["grabbed"] as number) : 0))),
      onDragLeave: () => setMark(null),
      onDrop: ({ source, location }) => {
        setMark(null);
        const entry = source.data["entry"] as Entry;
        const { clientY } = location.current.input;
        if (source.data["kind"] === RESIZE) {
          const end = minuteAt(at(clientY), DAY_MINUTES);
          return endAt(entry, end === DAY_MINUTES ? { day: addDays(day, 1), minute: 0 } : { day, minute: end });
        }
        return moveBy(entry, daysBetween(entry.first, day), minuteAt(at(clientY, source.data["grabbed"] as number)) - (entry.from ?? 0));
      },
    });
  }, [day, moveBy, endAt]);
  const click = (event: MouseEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return;
    const hour = Math.floor((event.clientY - event.currentTarget.getBoundingClientRect().top) / HOUR / 0.5) * 30;
    create(day, Math.max(0, Math.min(DAY_MINUTES - 30, hour)));
  };
  return (
    <div ref={column} className={kindOf(day).working ? "cal-column" : "cal-column free"} style={{ height: 24 * HOUR }} onClick={creates ? click : undefined} data-column={day}>
      {boxes.map((box) => (
        <EntryButton
          key={box.entry.record.id}
          entry={box.entry}
          shape="box"
          narrow={box.columns > 2 && most === MOST_IN_WEEK}
          style={{
            top: px(box.from),
            height: Math.max(px(SNAP) + 8, px(box.to - box.from) - 2),
            left: `calc(${(box.column / box.columns) * 100}% + 2px)`,
            width: `calc(${100 / box.columns}% - 4px)`,
          }}
        />
      ))}
      {crowds.map((crowd) => (
        <button
          key={crowd.from}
          type="button"
          className="cal-crowd num"
          style={{ top: px(crowd.from), left: `calc(${((most - 1) / most) * 100}% + 2px)`, width: `calc(${100 / most}% - 4px)` }}
          onClick={() => showList(day)}
        >
          +{crowd.count}
          <span className="sr-only">{t("calendar.moreOf", { count: crowd.count, date: format.date(day) })}</span>
        </button>
      ))}
      {mark === null ? null : <span className="cal-mark" style={{ top: px(mark) }} aria-hidden><b className="num">{clockText(mark)}</b></span>}
      {day === today ? <span className="cal-now" style={{ top: px(now) }} aria-hidden /> : null}
    </div>
  );
}
