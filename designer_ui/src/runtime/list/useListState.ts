/** The state of one list: which view, and what of it the address has changed. */
import { useSession, type Describe, type ViewJson } from "@/api";
import { joinFilters } from "@/model/filter";
import { applyChange, quickFilter, stateFromUrl, urlFromState, type ListChange, type ListState } from "@/model/view";
import { useCallback, useEffect, useMemo } from "react";
import { useSearchParams } from "react-router";
import { useLeaving } from "@/ui/useLeaving";
import { fieldsOf, filterFieldsOf } from "./fields";
import { lastView, rememberView } from "./lastView";

export interface ListHandle {
  readonly describe: Describe;
  readonly views: readonly ViewJson[];
  readonly view: ViewJson;
  readonly state: ListState;
  /** The filter together with what is chosen in the quick filters. */
  readonly where: string;
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

/** The view the address names; without one the person's last, and only then the form's first. */
function useWantedView({ app, key: form }: Describe, views: readonly ViewJson[], parameters: URLSearchParams): string | null {
  const person = useSession().data?.user?.id;
  const named = parameters.get("view");
  useEffect(() => {
    if (person !== undefined && views.some((view) => view.key === named)) rememberView(person, app, form, String(named));
  }, [person, app, form, named, views]);
  // What else stands in an address belongs to the view it was made for.
  return named === null && person !== undefined && parameters.size === 0 ? lastView(person, app, form) : named;
}

export function useListState(describe: Describe): ListHandle {
  const [parameters, setParameters] = useSearchParams();
  const leaving = useLeaving();
  const views = useMemo(() => (describe.views.length > 0 ? describe.views : [standardView(describe)]), [describe]);
  const wanted = useWantedView(describe, views, parameters);
  const view = views.find((candidate) => candidate.key === wanted) ?? (views[0] as ViewJson);
  // The address says what is shown, for the menu, for links and for coming back.
  useEffect(() => {
    if (parameters.size === 0 && view !== views[0] && !leaving()) setParameters(new URLSearchParams({ view: view.key }), { replace: true });
  }, [parameters, view, views, setParameters, leaving]);
  const state = useMemo(() => stateFromUrl(parameters, view), [parameters, view]);
  const change = useCallback(
    (part: ListChange) => setParameters(urlFromState(applyChange(state, part), view), { replace: true }),
    [setParameters, state, view],
  );
  const openView = useCallback((key: string) => setParameters(new URLSearchParams({ view: key })), [setParameters]);
  const where = useMemo(
    () => joinFilters(state.filter, quickFilter(state.quick, filterFieldsOf(fieldsOf(describe)))),
    [describe, state.filter, state.quick],
  );
  return { describe, views, view, state, where, change, openView, parameters };
}
