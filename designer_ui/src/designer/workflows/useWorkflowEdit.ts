/** One workflow while somebody draws it: shown at once, kept in the draft a moment later, every step to be undone. */
import { sameJson } from "@/model/design/formulas";
import { begin, changed, redone, undone, type History, type Workflow } from "@/model/workflows";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { draftInTheWay, draftKey, useChangeDraft, type Draft } from "../draft";
import { workflowsIn } from "./document";

export interface WorkflowEdit {
  readonly workflow: Workflow;
  /** `about`: typing on in the same place is one step to undo. */
  readonly apply: (next: Workflow, about?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly state: "kept" | "keeping" | "refused";
  readonly error: unknown;
  /** Somebody else keeps another version of this workflow meanwhile. */
  readonly contested: boolean;
  readonly settle: (keep: "mine" | "theirs") => void;
  readonly retry: () => void;
}

/** After typing; what is clicked is kept at once. */
const PAUSE = 500;

export function useWorkflowEdit(app: string, key: string, draft: Draft): WorkflowEdit {
  const client = useQueryClient();
  const { mutateAsync } = useChangeDraft(app);
  const [history, setHistory] = useState<History<Workflow>>(() => begin(workflowsIn(draft.document)[key] ?? {}));
  const [state, setState] = useState<WorkflowEdit["state"]>("kept");
  const [error, setError] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Workflow | null>(null);
  const stored = useCallback((): Draft | undefined => client.getQueryData<Draft>(draftKey(app)), [client, app]);
  const known = useRef<Workflow | undefined>(workflowsIn(draft.document)[key]);
  const wanted = useRef<Workflow | null>(null);
  const running = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const keep = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (running.current) return;
    running.current = true;
    setError(null);
    try {
      while (wanted.current) {
        const next: Workflow = wanted.current;
        const draftNow = stored();
        try {
          const around = draftNow && (draftNow.document as { workflows?: unknown }).workflows !== undefined;
          const changes = around ? [{ path: `/workflows/${key}`, value: next as never }] : [{ path: "/workflows", value: { [key]: next } as never }];
          await mutateAsync({ changes, revision: draftNow?.revision ?? 0 });
          known.current = next;
        } catch (failure) {
          const current = draftInTheWay(failure);
          const other = current ? workflowsIn(current.document)[key] : undefined;
          // Somebody changed another part of the draft: that stays, and this goes beside it.
          if (current && current.revision !== draftNow?.revision && sameJson(other ?? null, known.current ?? null)) continue;
          if (current) setTheirs(other ?? {});
          throw failure;
        }
        if (wanted.current === next) wanted.current = null;
      }
      setState("kept");
    } catch (failure) {
      setError(failure);
      setState("refused");
    } finally {
      running.current = false;
    }
  }, [key, mutateAsync, stored]);
  const show = useCallback(
    (next: History<Workflow>, pause: boolean): void => {
      setHistory(next);
      wanted.current = next.present;
      setState("keeping");
      clearTimeout(timer.current);
      if (pause) timer.current = setTimeout(() => void keep(), PAUSE);
      else void keep();
    },
    [keep],
  );
  useEffect(
    () => () => {
      if (wanted.current) void keep();
    },
    [keep],
  );
  return {
    workflow: history.present,
    apply: (next, about) => {
      const then = changed(history, next, about ?? null);
      if (then !== history) show(then, about !== undefined);
    },
    undo: () => history.past.length > 0 && show(undone(history), false),
    redo: () => history.future.length > 0 && show(redone(history), false),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    state,
    error,
    contested: theirs !== null,
    settle: (side) => {
      known.current = theirs ?? undefined;
      setTheirs(null);
      if (side === "mine") void keep();
      else {
        wanted.current = null;
        setError(null);
        setState("kept");
        setHistory((before) => changed(before, theirs ?? {}));
      }
    },
    retry: () => void keep(),
  };
}
