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
export function useLiveProgram({ program }: Describe): LiveComputing | null | undefined {
  const [engine, setEngine] = useState<Engine | null>();
  const wanted = Boolean(program);
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
    if (!program || engine === null) return null;
    if (engine === undefined) return undefined;
    return engine.isComputable(program) ? { engine, program } : null;
  }, [program, engine]);
}
