import { useState } from "react";

/**
 * For a control whose value is kept by somebody who follows it a moment later, as the address follows a search box.
 *
 * `onForeign` is called, while rendering, with every value that did not come from the control itself; the function it
 * gives notes what the control gives away, and tells whether that is new. An answer to what was typed before takes back
 * nothing of what was typed since.
 */
export function useFollowing(value: string, onForeign: (value: string) => void): (given: string) => boolean {
  const [known, setKnown] = useState<Known>({ value, given: [] });
  if (known.value !== value) {
    const at = known.given.lastIndexOf(value);
    setKnown({ value, given: at < 0 ? [] : known.given.slice(at + 1) });
    if (at < 0) onForeign(value);
  }
  return (given) => {
    setKnown((before) => (latest(before) === given ? before : { ...before, given: [...before.given, given] }));
    return latest(known) !== given;
  };
}

interface Known {
  readonly value: string;
  /** What was given away and has not come back yet, in order. */
  readonly given: readonly string[];
}

const latest = ({ value, given }: Known): string => given.at(-1) ?? value;
