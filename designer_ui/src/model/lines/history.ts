import type { Lines } from "./line";

/** What can be undone and done again: whole lists, which cost little, for unchanged lines are shared. */
export interface Steps {
  readonly past: readonly Lines[];
  readonly future: readonly Lines[];
}

const MOST = 100;

export const NO_STEPS: Steps = { past: [], future: [] };

/** After an edit that began at `before`. */
export function withStep({ past }: Steps, before: Lines): Steps {
  return { past: [...past, before].slice(-MOST), future: [] };
}

/** One step back, or null when there is none. */
export function undo({ past, future }: Steps, now: Lines): { readonly lines: Lines; readonly steps: Steps } | null {
  const lines = past.at(-1);
  return lines ? { lines, steps: { past: past.slice(0, -1), future: [...future, now] } } : null;
}

/** One step forward again, or null when there is none. */
export function redo({ past, future }: Steps, now: Lines): { readonly lines: Lines; readonly steps: Steps } | null {
  const lines = future.at(-1);
  return lines ? { lines, steps: { past: [...past, now], future: future.slice(0, -1) } } : null;
}
