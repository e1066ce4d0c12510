import { FARTHEST_DAYS, FIRST_DAY, LAST_DAY, isoWeekday } from "./calendar";
import { Failure } from "./values";

/** The free days of a week, Monday being 0. */
export type Weekend = ReadonlySet<number>;

export const SATURDAY_AND_SUNDAY: Weekend = new Set([5, 6]);

/** How many of the days, which are in their order, lie before a day. */
function countBefore(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? Infinity) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inOrder(days: Iterable<number>): number[] {
  return [...days].sort((one, other) => one - other);
}

/** Which days people work: the days of the week, without holidays, with days that make up for one. Days are numbers. */
export class WorkingCalendar {
  private readonly free: readonly number[];
  private readonly extra: readonly number[];

  constructor(
    readonly weekend: Weekend = SATURDAY_AND_SUNDAY,
    readonly holidays: ReadonlySet<number> = new Set(),
    readonly working: ReadonlySet<number> = new Set(),
  ) {
    const isWeekend = (day: number) => weekend.has(isoWeekday(day) - 1);
    this.free = inOrder([...holidays].filter((day) => !working.has(day) && !isWeekend(day)));
    this.extra = inOrder([...working].filter(isWeekend));
  }

  withWeekend(weekend: Weekend): WorkingCalendar {
    return new WorkingCalendar(weekend, this.holidays, this.working);
  }

  works(day: number): boolean {
    if (this.weekend.has(isoWeekday(day) - 1)) return this.working.has(day);
    return !this.holidays.has(day) || this.working.has(day);
  }

  /** The working days before a day, counted from the first Monday there is. */
  before(day: number): number {
    const weeks = Math.floor((day - FIRST_DAY) / 7);
    let days = weeks * (7 - this.weekend.size);
    for (let place = 0; place < (day - FIRST_DAY) % 7; place += 1) if (!this.weekend.has(place)) days += 1;
    return days - countBefore(this.free, day) + countBefore(this.extra, day);
  }

  /** The working days from one day to another, both counted; negative when the end comes first. */
  between(start: number, end: number): number {
    const [first, last] = [Math.min(start, end), Math.max(start, end)];
    const days = this.until(last) - this.before(first);
    return end >= start ? days : -days;
  }

  /** The day so many working days after (or before) a day; 0 is the day itself. */
  moved(start: number, days: number): number {
    if (this.weekend.size === 7) throw new Failure("#VALUE!");
    if (days === 0) return start;
    const found = Math.abs(days) > FARTHEST_DAYS ? null : days > 0 ? this.after(start, days) : this.earlier(start, -days);
    if (found === null || Math.abs(found - start) > FARTHEST_DAYS) throw new Failure("#NUM!");
    return found;
  }

  /** The first day until which, itself counted, there are enough working days. */
  private after(start: number, days: number): number | null {
    const wanted = this.until(start) + days;
    let [low, high] = [start + 1, LAST_DAY];
    if (start >= LAST_DAY || this.until(high) < wanted) return null;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.until(middle) >= wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The last day before which few enough working days are left. */
  private earlier(start: number, days: number): number | null {
    const wanted = this.before(start) - days;
    if (wanted < 0) return null;
    let [low, high] = [FIRST_DAY, start - 1];
    while (low < high) {
      const middle = Math.floor((low + high + 1) / 2);
      if (this.before(middle) <= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private until(day: number): number {
    return this.before(day) + (this.works(day) ? 1 : 0);
  }
}

export const USUAL_CALENDAR = new WorkingCalendar();
