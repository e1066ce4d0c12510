/** The state of one list: which view, and what of it the address has changed. */
import type { Describe, ViewJson } from "@/api";
import { applyChange, stateFromUrl, urlFromState, type ListChange, type ListState } from "@/model/view";
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

export interface ListHandle {
  readonly describe: Describe;
  readonly views: readonly ViewJson[];
  readonly view: ViewJson;
  readonly state: ListState;
  readonly change: (change: ListChange) => void;
  readonly openView: (key: string) => void;
  /** The address of another state of this list, for links and for going back. */
  readonly parameters: URLSearchParams;
}

/** A form always has a list, even when its definition names no view. */
function standardView(describe: Describe): ViewJson {
  return {
    key: "all", label: { en: "All", zh: "全部" }, kind: "list", columns: describe.order.slice(0, 8),
    filter: null, sort: null, group_by: null, card: null, measure: null, source: "app",
  };
}

export function useListState(describe: Describe): ListHandle {
  const [parameters, setParameters] = useSearchParams();
  const views = useMemo(() => (describe.views.length > 0 ? describe.views : [standardView(describe)]), [describe]);
  const wanted = parameters.get("view");
  const view = views.find((candidate) => candidate.key === wanted) ?? (views[0] as ViewJson);
  const state = useMemo(() => stateFromUrl(parameters, view), [parameters, view]);
  const change = useCallback(
    (part: ListChange) => setParameters(urlFromState(applyChange(state, part), view), { replace: true }),
    [setParameters, state, view],
  );
  const openView = useCallback((key: string) => setParameters(new URLSearchParams({ view: key })), [setParameters]);
  return { describe, views, view, state, change, openView, parameters };
}
