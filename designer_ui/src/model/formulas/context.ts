import type { Moment } from "./values";
import { Day } from "./values";
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
  ) {}

  get today(): Day {
    return new Day(wallOf(this.timeZone, this.now).days);
  }
}
