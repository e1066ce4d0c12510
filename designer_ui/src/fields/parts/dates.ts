import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);

/** An instant shown in the workspace's time zone; null when it is none. */
export function inZone(iso: unknown, zone: string): Dayjs | null {
  if (typeof iso !== "string") return null;
  const moment = dayjs(iso).tz(zone);
  return moment.isValid() ? moment : null;
}

/** The time on the wall in a time zone, "2026-01-31T08:30:00", as an instant in UTC. */
export function wallToInstant(wall: string, zone: string): string {
  return dayjs.tz(wall, zone).utc().format("YYYY-MM-DDTHH:mm:ss[Z]");
}

/** The wall-clock time chosen in the workspace's time zone as an instant in UTC. */
export function toInstant(moment: Dayjs, zone: string): string {
  return wallToInstant(moment.format("YYYY-MM-DDTHH:mm:ss"), zone);
}

export function fromDate(iso: unknown): Dayjs | null {
  if (typeof iso !== "string") return null;
  const date = dayjs(iso, "YYYY-MM-DD");
  return date.isValid() ? date : null;
}

export function fromTime(iso: unknown): Dayjs | null {
  if (typeof iso !== "string") return null;
  const time = dayjs(`2000-01-01T${iso}`);
  return time.isValid() ? time : null;
}
