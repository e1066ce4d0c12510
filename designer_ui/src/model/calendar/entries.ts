/** Records as entries of a calendar, and what moving an entry changes in its record. */
import type { RecordJson, Values } from "@/api";
import { addDays, daysBetween } from "./days";
import { addToWall, DAY_MINUTES, momentOf, wallMinutes, wallOf, type Wall } from "./clock";
import type { CalendarSettings } from "../view";

export interface Entry {
  readonly record: RecordJson;
  /** The first and the last day it touches. */
  readonly first: string;
  readonly last: string;
  /** Minutes of the day, of an entry within one day; null for one that is drawn as a bar over whole days. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface CalendarFrame {
  readonly settings: CalendarSettings;
  /** Whether the fields hold moments; else they hold days. */
  readonly timed: boolean;
  readonly zone: string;
}

/** What a moment without an end takes, and the shortest an entry can be made, in minutes. */
const USUAL = 60;
export const SHORTEST = 15;

/** The entry of a record; null without a start. */
export function entryOf(record: RecordJson, frame: CalendarFrame): Entry | null {
  const start = textOf(record[frame.settings.start]);
  const end = frame.settings.end === null ? null : textOf(record[frame.settings.end]);
  if (start === null) return null;
  return frame.timed ? timedEntry(record, start, end, frame.zone) : { record, first: start, last: end !== null && end > start ? end : start, from: null, to: null };
}

function timedEntry(record: RecordJson, start: string, end: string | null, zone: string): Entry {
  const begins = wallOf(new Date(start), zone);
  const ends = end === null ? begins : wallOf(new Date(end), zone);
  const length = wallMinutes(begins, ends);
  if (length <= 0) return { record, first: begins.day, last: begins.day, from: begins.minute, to: Math.min(DAY_MINUTES, begins.minute + USUAL) };
  // What ends at midnight does not touch the next day.
  const over = ends.minute === 0 ? { day: addDays(ends.day, -1), minute: DAY_MINUTES } : ends;
  if (over.day !== begins.day) return { record, first: begins.day, last: over.day, from: null, to: null };
  return { record, first: begins.day, last: begins.day, from: begins.minute, to: over.minute };
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** What of a record changes when its entry is moved by days and minutes. */
export function movedValues({ record }: Entry, frame: CalendarFrame, days: number, minutes = 0): Values {
  const { start, end } = frame.settings;
  const shift = (field: string): Values => {
    const value = textOf(record[field]);
    if (value === null) return {};
    if (!frame.timed) return { [field]: addDays(value, days) };
    return { [field]: momentOf(addToWall(wallOf(new Date(value), frame.zone), days, minutes), frame.zone) };
  };
  return { ...shift(start), ...(end === null ? {} : shift(end)) };
}

/** What changes when an entry ends on another day, at the time of day at which it ended; null when it cannot. */
export function endedOn(entry: Entry, frame: CalendarFrame, day: string): Values | null {
  const { end } = frame.settings;
  if (end === null || day < entry.first) return null;
  if (!frame.timed) return { [end]: day };
  const last = daysBetween(entry.last, day);
  const old = textOf(entry.record[end]);
  if (old !== null) return endedAt(entry, frame, addToWall(wallOf(new Date(old), frame.zone), last, 0));
  return endedAt(entry, frame, addToWall({ day: entry.last, minute: entry.to ?? 0 }, last, 0));
}

/** What changes when an entry ends at another time; it keeps a quarter of an hour. */
export function endedAt({ record }: Entry, frame: CalendarFrame, wall: Wall): Values | null {
  const { start, end } = frame.settings;
  const begins = textOf(record[start]);
  if (end === null || begins === null) return null;
  const least = addToWall(wallOf(new Date(begins), frame.zone), 0, SHORTEST);
  return { [end]: momentOf(wallMinutes(least, wall) < 0 ? least : wall, frame.zone) };
}

/** The values of a record that is made at a day, and at a time where the calendar has times. */
export function valuesAt(frame: CalendarFrame, day: string, minute: number | null): Values {
  const { start, end } = frame.settings;
  if (!frame.timed) return { [start]: day };
  const begins = { day, minute: minute ?? 9 * 60 };
  const until = end === null ? {} : { [end]: momentOf(addToWall(begins, 0, USUAL), frame.zone) };
  return { [start]: momentOf(begins, frame.zone), ...until };
}
