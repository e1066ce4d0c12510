/** What every part of the calendar draws entries with, and what it does with them. */
import type { Describe, RecordJson } from "@/api";
import type { CalendarFrame, DayKind, Entry, Wall } from "@/model/calendar";
import { createContext, useContext, type RefObject } from "react";

export interface CalendarContext {
  readonly describe: Describe;
  readonly frame: CalendarFrame;
  readonly today: string;
  readonly now: number;
  readonly kindOf: (day: string) => DayKind;
  readonly caption: (record: RecordJson) => string;
  /** The colour word of a record's rule. */
  readonly color: (record: RecordJson) => string | null;
  readonly movable: boolean;
  readonly resizable: boolean;
  readonly creates: boolean;
  /** The entry that takes the focus where it turns up next: moved by keys it is drawn anew elsewhere. */
  readonly focusNext: RefObject<number | null>;
  readonly open: (entry: Entry) => void;
  readonly create: (day: string, minute: number | null) => void;
  readonly showDay: (day: string) => void;
  /** The entries from a day on as a list, when there is no room to draw them. */
  readonly showList: (day: string) => void;
  readonly moveBy: (entry: Entry, days: number, minutes?: number) => void;
  readonly endOn: (entry: Entry, day: string) => void;
  readonly endAt: (entry: Entry, wall: Wall) => void;
}

export const CalendarParts = createContext<CalendarContext | null>(null);

export function useCalendar(): CalendarContext {
  const found = useContext(CalendarParts);
  if (!found) throw new Error("There is no calendar around this.");
  return found;
}
