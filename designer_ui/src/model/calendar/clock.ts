/** Moments as the wall clock of a time zone shows them, and back. */

export const DAY_MINUTES = 1440;

export interface Wall {
  readonly day: string;
  /** Minutes since midnight. */
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  formats.set(zone, made);
  return made;
}

/** What a clock in the time zone shows at a moment; seconds are cut off. */
export function wallOf(moment: Date, zone: string): Wall {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: `${parts["year"]}-${parts["month"]}-${parts["day"]}`, minute: Number(parts["hour"]) * 60 + Number(parts["minute"]) };
}

const asUtc = ({ day, minute }: Wall): number => Date.parse(`${day}T00:00:00Z`) + minute * 60_000;

/** The moment at which a clock in the time zone shows this; in an hour that clocks skip, the one after it. */
export function momentOf(wall: Wall, zone: string): string {
  const wanted = asUtc(wall);
  let guess = wanted;
  // The offset is that of the moment looked for, which the first guess misses by some hours at most.
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - asUtc(wallOf(new Date(guess), zone));
  return new Date(guess).toISOString().replace(".000Z", "Z");
}

/** Later or earlier on the wall clock: an hour that a change of clocks takes away does not count. */
export function addToWall({ day, minute }: Wall, days: number, minutes: number): Wall {
  const moved = new Date(asUtc({ day, minute }) + days * 86_400_000 + minutes * 60_000);
  return { day: moved.toISOString().slice(0, 10), minute: moved.getUTCHours() * 60 + moved.getUTCMinutes() };
}

/** Minutes on the wall clock from one to another. */
export const wallMinutes = (from: Wall, to: Wall): number => Math.round((asUtc(to) - asUtc(from)) / 60_000);

export const clockText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
