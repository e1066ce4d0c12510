import { useEffect, useMemo, useState } from "react";
import type { Describe, LiveProgram } from "@/api";
import type * as Live from "@/model/live";

type Engine = typeof Live;

/** The form's program with the code that computes it; without them everything is asked of the server. */
export interface LiveComputing {
  readonly engine: Engine;
  readonly program: LiveProgram;
}

/** Fetches the code that computes expressions, for a form that has some; undefined while it is on its way. */
export function useLiveProgram({ program, fields }: Describe): LiveComputing | null | undefined {
  const [engine, setEngine] = useState<Engine | null>();
  const ofLines = useMemo(() => Object.values(fields).find((field) => field.live)?.live, [fields]);
  const wanted = Boolean(program ?? ofLines);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const finish = (found: Engine | null) => {
      if (current) setEngine(found);
    };
    import("@/model/live").then(finish, () => finish(null));
    return () => {
      current = false;
    };
  }, [wanted]);
  return useMemo(() => {
    if (!wanted || engine === null) return null;
    if (engine === undefined) return undefined;
    // A form that computes nothing itself may have lines that do.
    const own = program ?? { ...engine.NO_PROGRAM, viewer: ofLines?.viewer ?? engine.NO_PROGRAM.viewer };
    return engine.isComputable(own, fields) ? { engine, program: own } : null;
  }, [wanted, program, ofLines, fields, engine]);
}
