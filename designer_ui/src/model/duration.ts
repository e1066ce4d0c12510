const UNITS = [["days", 86_400], ["hours", 3_600], ["minutes", 60]] as const;

/** A span of seconds in its largest full unit, for people: "3 hours". Less than a minute is one minute. */
export function durationParts(seconds: number): { readonly unit: "days" | "hours" | "minutes"; readonly count: number } {
  for (const [unit, size] of UNITS) {
    if (seconds >= size) return { unit, count: Math.round(seconds / size) };
  }
  return { unit: "minutes", count: 1 };
}

/** Seconds since a moment. */
export const secondsSince = (at: string, now = Date.now()): number => Math.max(0, (now - new Date(at).getTime()) / 1000);
