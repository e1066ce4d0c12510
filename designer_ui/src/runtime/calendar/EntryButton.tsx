/** One entry: opened by a click, dragged, moved and lengthened by Alt and the arrows. */
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { addDays, clockText, type Entry } from "@/model/calendar";
import { toneClass } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "./context";

export const MOVE = "calendar-move";
export const RESIZE = "calendar-resize";

interface Props {
  readonly entry: Entry;
  readonly shape: "bar" | "box";
  readonly style: CSSProperties;
  /** There is no room for the time beside the name; where it stands says it too. */
  readonly narrow?: boolean;
  readonly before?: boolean;
  readonly after?: boolean;
}

const STEP = 15;

export function EntryButton({ entry, shape, style, narrow = false, before = false, after = false }: Props) {
  const { t } = useTranslation();
  const calendar = useCalendar();
  const { caption, color, movable, resizable, open, focusNext } = calendar;
  const whole = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    if (!whole.current || !movable) return undefined;
    const element = whole.current;
    return draggable({
      element,
      getInitialData: ({ input }) => ({ kind: MOVE, entry, grabX: input.clientX, grabbed: input.clientY - element.getBoundingClientRect().top }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [movable, entry]);
  useEffect(() => {
    if (!handle.current) return undefined;
    return draggable({ element: handle.current, getInitialData: () => ({ kind: RESIZE, entry }) });
  }, [entry, resizable]);
  useEffect(() => {
    if (focusNext.current !== entry.record.id) return;
    focusNext.current = null;
    whole.current?.querySelector("button")?.focus();
  }, [focusNext, entry]);
  const title = caption(entry.record) || t("list.untitled");
  const tone = color(entry.record);
  const time = entry.from === null || narrow ? null : clockText(entry.from);
  const when = useWhen()(entry);
  const classes = ["cal-entry", shape, tone ? toneClass(tone) : "", dragging ? "dragging" : "", before ? "before" : "", after ? "after" : ""];
  return (
    <div ref={whole} className={classes.filter(Boolean).join(" ")} style={style} data-entry={entry.record.id}>
      <button
        type="button"
        title={`${title}\n${when}`}
        onClick={(event) => {
          event.stopPropagation();
          open(entry);
        }}
        onKeyDown={(event) => byKeys(event, entry, calendar)}
      >
        {time ? <span className="num cal-time">{time}</span> : null}
        <span className="cal-title">{title}</span>
        <span className="sr-only">, {when}</span>
      </button>
      {resizable && !after ? <span ref={handle} className="cal-handle" aria-hidden /> : null}
    </div>
  );
}

/** When an entry is, in words. */
export function useWhen(): (entry: Entry) => string {
  const format = useFormat();
  return ({ first, last, from, to }) => {
    if (from !== null) return `${format.date(first)} ${clockText(from)}–${clockText(to ?? from)}`;
    return first === last ? format.date(first) : `${format.date(first)} – ${format.date(last)}`;
  };
}

function byKeys(event: KeyboardEvent, entry: Entry, { frame, movable, resizable, focusNext, moveBy, endOn, endAt }: ReturnType<typeof useCalendar>): void {
  if (!event.altKey || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  event.stopPropagation();
  const inDay = event.currentTarget.closest(".cal-times") !== null && entry.from !== null;
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: inDay ? 0 : -7, ArrowDown: inDay ? 0 : 7 }[event.key] ?? 0;
  const minutes = inDay ? ({ ArrowUp: -STEP, ArrowDown: STEP }[event.key] ?? 0) : 0;
  focusNext.current = entry.record.id;
  if (!event.shiftKey) {
    if (movable) moveBy(entry, days, minutes);
  } else if (resizable && minutes !== 0 && frame.timed) {
    endAt(entry, { day: entry.first, minute: Math.min(1439, (entry.to ?? 0) + minutes) });
  } else if (resizable && days !== 0) {
    endOn(entry, addDays(entry.last, days));
  }
}
