import { useMemo } from "react";
import { useLocation } from "react-router";
import type { Describe } from "@/api";
import { trailOf, type Trail } from "../list/trail";

/** What a list may pass along when it leads to a record. */
export interface ListState {
  /** The list's address, to go back to it as it was. */
  readonly from?: string;
  /** The ids of the list in its order, for previous and next. */
  readonly ids?: readonly number[];
}

export interface CameFrom {
  readonly state: ListState;
  readonly trail: Trail | null;
  /** The address of the list one came from, else of the form's own. */
  readonly list: string;
}

/** The list from which somebody came to a record. */
export function useCameFrom(describe: Describe): CameFrom {
  const state = (useLocation().state ?? {}) as ListState;
  const trail = useMemo(() => trailOf(describe.app, describe.key), [describe]);
  return { state, trail, list: state.from ?? trail?.from ?? `/a/${describe.app}/${describe.key}` };
}
