import { useEffect, useEffectEvent, useRef } from "react";
import { useNavigate } from "react-router";
import type { Count, Describe, RecordPage } from "@/api";
import { useRecordPages } from "../list/records";
import type { CameFrom } from "./useCameFrom";

const NOTHING = {};

interface Neighbours {
  /** The record's place in the list, from 0; -1 when it is not in what is loaded of it. */
  readonly at: number;
  readonly last: boolean;
  readonly count: Count;
  /** Goes so many records further down, or up. */
  readonly go: (step: number) => void;
}

const idsOf = (pages: readonly RecordPage[] | undefined): readonly number[] =>
  (pages ?? []).flatMap((page) => page.records.map((record) => record.id));

/**
 * The records before and after one in the list somebody came from. Steps count from where the last one led, whether
 * or not that record is on the screen yet; steps made before the list is there are made as soon as it is.
 */
export function useNeighbours(describe: Describe, id: number, { state, trail }: CameFrom): Neighbours {
  const navigate = useNavigate();
  const listed = trail !== null && !state.ids;
  const pages = useRecordPages(describe.app, describe.key, trail?.query ?? NOTHING, listed);
  const ids = state.ids ?? (listed ? idsOf(pages.data?.pages) : []);
  const more = listed && pages.hasNextPage;
  const waiting = listed && pages.isPending;
  const there = useRef(id);
  const waitingSteps = useRef(0);
  useEffect(() => {
    there.current = id;
  }, [id]);
  const show = (next: number | undefined) => {
    if (next === undefined) return;
    there.current = next;
    void navigate(`/a/${describe.app}/${describe.key}/${next}`, { state, replace: true });
  };
  const go = async (step: number) => {
    if (waiting) {
      waitingSteps.current += step;
      return;
    }
    const from = there.current;
    const place = ids.indexOf(from);
    if (place < 0 || place + step < 0) return;
    if (place + step < ids.length || !more) return show(ids[place + step]);
    const next = await pages.fetchNextPage();
    if (there.current === from) show(idsOf(next.data?.pages)[place + step]);
  };
  const goNow = useEffectEvent(() => {
    const steps = waitingSteps.current;
    waitingSteps.current = 0;
    if (steps !== 0) void go(steps);
  });
  useEffect(() => {
    if (!waiting) goNow();
  }, [waiting]);
  const at = ids.indexOf(id);
  return {
    at,
    last: at === ids.length - 1 && !more,
    count: (state.ids ? undefined : pages.data?.pages[0]?.count) ?? { value: ids.length, exact: true },
    go: (step) => void go(step),
  };
}
