import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Json } from "@/api";
import { jsonOfLines, linesOf, NO_STEPS, redo, undo, withStep, type Lines, type ShownLine, type Steps } from "@/model/lines";

export interface LinesWork {
  /** The lines as the last edit left them, also before they are drawn. */
  readonly now: () => Lines;
  /** Puts other lines in their place; one step back leads to what was there, or to `from` if it is given. */
  readonly write: (lines: Lines, from?: Lines) => void;
  /** The same while somebody types: the step is made when he is done. */
  readonly type: (lines: Lines) => void;
  /** Whether there was something to undo or to do again. */
  readonly undo: () => boolean;
  readonly redo: () => boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** The lines of a form being edited, with the steps back. */
export function useLines(shown: readonly ShownLine[], onChange: (value: Json) => void): LinesWork {
  const drawn = useMemo(() => shown.map(({ line }) => line), [shown]);
  const current = useRef<Lines>(drawn);
  const [steps, setSteps] = useState<Steps>(NO_STEPS);
  const latest = useRef({ steps, onChange });
  useLayoutEffect(() => {
    current.current = drawn;
  }, [drawn]);
  useLayoutEffect(() => {
    latest.current = { steps: latest.current.steps, onChange };
  }, [onChange]);

  const put = useCallback((lines: Lines) => {
    current.current = lines;
    latest.current.onChange(jsonOfLines(lines));
  }, []);
  const keep = useCallback((next: Steps) => {
    latest.current = { ...latest.current, steps: next };
    setSteps(next);
  }, []);
  const write = useCallback(
    (lines: Lines, from?: Lines) => {
      const before = from ?? current.current;
      if (lines === before) return;
      keep(withStep(latest.current.steps, before));
      put(lines);
    },
    [put, keep],
  );
  const step = useCallback(
    (way: typeof undo) => {
      const found = way(latest.current.steps, current.current);
      if (!found) return false;
      keep(found.steps);
      put(found.lines);
      return true;
    },
    [put, keep],
  );
  return useMemo(
    () => ({
      now: () => current.current,
      write,
      type: put,
      undo: () => step(undo),
      redo: () => step(redo),
      canUndo: steps.past.length > 0,
      canRedo: steps.future.length > 0,
    }),
    [write, put, step, steps],
  );
}

/** The lines of an input that nobody computes for: those of its value. */
export function asShown(value: Json): readonly ShownLine[] {
  return linesOf(value).map((line) => ({ line, values: line.typed, states: {}, issues: [] }));
}
