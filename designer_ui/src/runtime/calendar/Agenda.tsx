/** The entries as a list by day: on a phone, and for whoever prefers to read. */
import { clockText, type Entry, type Period } from "@/model/calendar";
import { EmptyState } from "@/ui/EmptyState";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { toneClass } from "@/ui/Tag";
import { IconCalendarOff, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "./context";
import { longDay } from "./names";

interface Props {
  readonly period: Period;
  readonly entries: readonly Entry[];
  readonly waiting: boolean;
}

/** Each entry stands at the first of the days that are shown and that it touches. */
function byDay(entries: readonly Entry[], { first }: Period): readonly (readonly [string, readonly Entry[]])[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = entry.first < first ? first : entry.first;
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  const order = (one: Entry, other: Entry): number => (one.from ?? -1) - (other.from ?? -1) || one.record.id - other.record.id;
  return [...days].sort(([one], [other]) => one.localeCompare(other)).map(([day, found]) => [day, found.sort(order)] as const);
}

export function Agenda({ period, entries, waiting }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { today, kindOf, creates, create } = useCalendar();
  if (entries.length === 0) {
    return waiting ? null : <EmptyState icon={<IconCalendarOff size={24} />} title={t("calendar.none")}>{t("calendar.noneHelp")}</EmptyState>;
  }
  return (
    <div className="cal-agenda" tabIndex={0} role="group" aria-label={t("calendar.agenda")}>
      {byDay(entries, period).map(([day, found]) => {
        const kind = kindOf(day);
        return (
          <section key={day} aria-label={longDay(day, format.language)} className={day === today ? "today" : undefined}>
            <header>
              <h2>{longDay(day, format.language)}</h2>
              {day === today ? <span className="cal-todaymark">{t("calendar.today")}</span> : null}
              {kind.name ? <span className="cal-holiday">{kind.name}</span> : null}
              {creates ? (
                <IconButton label={t("calendar.newAt", { date: format.date(day) })} onClick={() => create(day, null)}>
                  <IconPlus size={16} aria-hidden />
                </IconButton>
              ) : null}
            </header>
            <ul>{found.map((entry) => <AgendaLine key={entry.record.id} entry={entry} day={day} />)}</ul>
          </section>
        );
      })}
    </div>
  );
}

function AgendaLine({ entry, day }: { entry: Entry; day: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { caption, color, open } = useCalendar();
  const tone = color(entry.record);
  const time = entry.from === null ? t("calendar.allDay") : `${clockText(entry.from)}–${clockText(entry.to ?? entry.from)}`;
  return (
    <li data-entry={entry.record.id}>
      <button type="button" className={tone ? `cal-line ${toneClass(tone)}` : "cal-line"} onClick={() => open(entry)}>
        <span className="num cal-linetime">{time}</span>
        <span className="cal-linetitle">{caption(entry.record) || t("list.untitled")}</span>
        {entry.last > day ? <span className="muted">{t("calendar.until", { date: format.date(entry.last) })}</span> : null}
      </button>
    </li>
  );
}
