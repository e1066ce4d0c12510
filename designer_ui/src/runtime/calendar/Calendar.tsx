/** A view as a calendar: month, week, day or agenda. */
import { useWorkspaceCalendar, type RecordJson, type Values } from "@/api";
import { captionOf } from "@/catalogue/caption";
import {
  dayKinds, endedAt, endedOn, entryOf, movedValues, periodOf, stepDay, valuesAt, wallOf, type CalendarFrame, type Entry,
} from "@/model/calendar";
import type { CalendarSettings } from "@/model/view";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { usePhone } from "@/ui/useMedia";
import { lazy, Suspense, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DemandDialog } from "../list/DemandDialog";
import { editableInList, fieldsOf, valueType, visibleColumns } from "../list/fields";
import { useRecordColors } from "../list/useMarks";
import { useRecordMoves } from "../list/useRecordMoves";
import type { ListHandle } from "../list/useListState";
import { Agenda } from "./Agenda";
import { CalendarHead } from "./CalendarHead";
import { CalendarParts, type CalendarContext } from "./context";
import { EntryDialog } from "./EntryDialog";
import { useWhen } from "./EntryButton";
import { MonthView } from "./MonthView";
import { TimeView } from "./TimeView";
import { useEntries } from "./useEntries";
import "./calendar.css";

const RecordDialog = lazy(() => import("../record/dialog/RecordDialog"));

interface Props {
  readonly list: ListHandle;
  readonly settings: CalendarSettings;
  readonly children: (count: ReactNode, body: ReactNode) => ReactNode;
}

export function Calendar({ list, settings, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const when = useWhen();
  const { describe, state, change } = list;
  const fields = useMemo(() => fieldsOf(describe), [describe]);
  const timed = valueType(fields[settings.start]) === "datetime";
  const frame = useMemo<CalendarFrame>(() => ({ settings, timed, zone: format.timeZone }), [settings, timed, format.timeZone]);
  const clock = wallOf(new Date(), format.timeZone);
  const day = state.day ?? clock.day;
  const mode = phone ? "agenda" : (state.mode ?? settings.mode);
  const period = useMemo(() => periodOf(mode, day), [mode, day]);
  const { found, records, entries, show, cut } = useEntries(list, frame, period);
  const colors = useRecordColors(describe.app, describe.key, records, state.colors);
  const workdays = useWorkspaceCalendar().data;
  const kindOf = useMemo(() => dayKinds(workdays), [workdays]);
  const { move, demand, settle } = useRecordMoves(describe, show);
  const focusNext = useRef<number | null>(null);
  const [opened, setOpened] = useState<Entry | null>(null);
  const [fresh, setFresh] = useState<Values | null>(null);
  const caption = (record: RecordJson): string => captionOf(settings.title, record, fields, format);

  const put = ({ record }: Entry, values: Values | null): void => {
    if (!values || Object.entries(values).every(([key, value]) => sameTime(record[key], value))) return;
    const shown = { ...record, ...values };
    const moved = entryOf(shown, frame);
    const before = Object.fromEntries(Object.keys(values).map((key) => [key, record[key] ?? null]));
    move({ record, values, before, shown, said: t("calendar.moved", { title: caption(record) || `#${record.id}`, when: moved ? when(moved) : t("calendar.nowhere") }) });
  };
  const movable = editableInList(describe, settings.start) && (settings.end === null || editableInList(describe, settings.end));
  const parts: CalendarContext = {
    describe,
    frame,
    today: clock.day,
    now: clock.minute,
    kindOf,
    caption,
    color: (record) => colors(record).row,
    movable,
    resizable: settings.end !== null && editableInList(describe, settings.end),
    creates: describe.actions.includes("create") && settings.start in describe.fields && describe.fields[settings.start]?.type !== "formula",
    focusNext,
    open: setOpened,
    create: (at, minute) => setFresh(valuesAt(frame, at, minute)),
    showDay: (at) => change({ day: at, mode: timed ? "day" : "agenda" }),
    showList: (at) => change({ day: at, mode: "agenda" }),
    moveBy: (entry, days, minutes) => put(entry, movedValues(entry, frame, days, minutes)),
    endOn: (entry, at) => put(entry, endedOn(entry, frame, at)),
    endAt: (entry, wall) => put(entry, endedAt(entry, frame, wall)),
  };
  const count = found.data?.count ? (
    <span className="list-count num">{t("list.count", { count: found.data.count.value, shown: `${format.number(found.data.count.value)}${found.data.count.exact ? "" : "+"}` })}</span>
  ) : null;
  if (found.error && records.length === 0) return children(null, <ErrorView part error={found.error} onRetry={() => void found.refetch()} />);
  return children(
    count,
    <CalendarParts value={parts}>
      <div className="calendar" role="group" aria-label={t("calendar.label")} aria-busy={found.isFetching} data-mode={mode}>
        <CalendarHead
          mode={mode}
          day={day}
          today={clock.day}
          period={period}
          phone={phone}
          onMode={(next) => change({ mode: next === settings.mode ? null : next, day })}
          onDay={(next) => change({ day: next === clock.day ? null : next })}
          onStep={(step) => change({ day: stepDay(mode, day, step) })}
        />
        {cut === null ? null : <p className="cal-cut" role="status">{t("calendar.cut", { count: cut, shown: format.number(cut) })}</p>}
        {movable ? <p className="sr-only">{t("calendar.keys")}</p> : null}
        {found.isPending ? <Skeleton lines={10} /> : null}
        {!found.isPending && mode === "month" ? <MonthView period={period} month={day.slice(0, 7)} entries={entries} /> : null}
        {!found.isPending && (mode === "week" || mode === "day") ? <TimeView key={mode} period={period} entries={entries} /> : null}
        {!found.isPending && mode === "agenda" ? <Agenda period={period} entries={entries} waiting={found.isFetching} /> : null}
      </div>
      {opened ? (
        <EntryDialog
          describe={describe}
          entry={opened}
          title={caption(opened.record) || t("list.untitled")}
          settings={settings}
          columns={visibleColumns(state.columns, fields)}
          onClose={() => setOpened(null)}
          onSave={(values) => {
            put(opened, values);
            setOpened(null);
          }}
        />
      ) : null}
      {fresh ? (
        <Suspense fallback={null}>
          <RecordDialog app={describe.app} form={describe.key} prefill={fresh} onClose={() => setFresh(null)} onSaved={() => setFresh(null)} />
        </Suspense>
      ) : null}
      {demand ? <DemandDialog describe={describe} demand={demand} onClose={settle} /> : null}
    </CalendarParts>,
  );
}

/** Whether two values are the same day, or the same moment however it is written. */
function sameTime(one: unknown, other: unknown): boolean {
  if (one === other || typeof one !== "string" || typeof other !== "string") return (one ?? null) === other;
  return Date.parse(one) === Date.parse(other);
}
