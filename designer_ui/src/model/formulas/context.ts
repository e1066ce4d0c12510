import type { Moment } from "./values";
import { Day } from "./values";
import { USUAL_CALENDAR, type WorkingCalendar } from "./workingCalendar";
import { wallOf } from "./zones";

/** What an expression may know besides the record: the time, the place, the viewer. */
export class Context {
  constructor(
    readonly now: Moment,
    readonly timeZone: string,
    readonly userId: number | null,
    /** The main department first. */
    readonly departmentIds: readonly number[],
    readonly roles: readonly string[],
    /** The working days of the workspace. */
    readonly calendar: WorkingCalendar = USUAL_CALENDAR,
    /** The external organisation that the viewer is of; null for the workspace's own people. */
    readonly organisationId: number | null = null,
  ) {}

  get today(): Day {
    return new Day(wallOf(this.timeZone, this.now).days);
  }
}
