import { useParams, useSearchParams } from "react-router";
import type { TaskQuery } from "./calls";
import { narrowing, type FilterQuery } from "./savedFilters";
import { BOXES, type Box } from "./types";

export interface TaskPlace {
  /** Missing: the tasks of all apps. */
  readonly app: string | undefined;
  readonly box: Box;
  readonly query: TaskQuery;
  /** How many of the filters narrow the box. */
  readonly narrowed: number;
  readonly task: number | undefined;
  readonly set: (name: string, value: string | undefined) => void;
  /** The address of a task, or of the box alone, with the filters kept. */
  readonly address: (task?: number, box?: Box) => string;
  /** The address of this box with these filters alone. */
  readonly narrowedTo: (query: FilterQuery) => string;
  /** The address of what one may start here. */
  readonly starting: string;
  /** Whether the address says nothing of filters: the box opens with what somebody chose for that. */
  readonly bare: boolean;
}

/** In the address: no filter, not even the one that the box opens with. */
const ALL = "all";

const FILTERS = ["app", "workflow", "initiator", "search", "overdue"];

const isId = (text: string | null | undefined): text is string => /^\d{1,15}$/.test(text ?? "");

/** Which box, filters and task the address names. */
export function useTaskPlace(): TaskPlace {
  const { app, task } = useParams();
  const [search, setSearch] = useSearchParams();
  const box = BOXES.find((one) => one === search.get("box")) ?? "todo";
  const initiator = search.get("initiator");
  const query: TaskQuery = {
    box,
    app: app ?? search.get("app") ?? undefined,
    workflow: search.get("workflow") ?? undefined,
    initiator: isId(initiator) ? Number(initiator) : undefined,
    search: search.get("search") ?? undefined,
    overdue: search.get("overdue") === "1" ? true : undefined,
  };
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    if (FILTERS.some((one) => next.has(one))) next.delete("show");
    else next.set("show", ALL);
    setSearch(next, { replace: true });
  };
  const root = app === undefined ? "/tasks" : `/a/${encodeURIComponent(app)}/-/tasks`;
  const address = (id?: number, other?: Box): string => {
    const kept = other === undefined ? new URLSearchParams(search) : new URLSearchParams(other === "todo" ? {} : { box: other });
    return at(id, kept);
  };
  const at = (id: number | undefined, kept: URLSearchParams): string => {
    const text = kept.toString();
    return `${root}${id === undefined ? "" : `/${id}`}${text ? `?${text}` : ""}`;
  };
  const narrowedTo = (wanted: FilterQuery): string => {
    const { overdue, ...texts } = narrowing(wanted, app);
    const named = Object.entries(texts).map(([name, value]) => [name, String(value)]);
    const kept = new URLSearchParams([...(box === "todo" ? [] : [["box", box]]), ...named, ...(overdue ? [["overdue", "1"]] : [])]);
    if (named.length === 0 && !overdue) kept.set("show", ALL);
    return at(undefined, kept);
  };
  const narrowed = [app ? undefined : query.app, query.workflow, query.initiator, query.search, query.overdue].filter((one) => one !== undefined).length;
  const bare = search.get("show") !== ALL && !FILTERS.some((one) => search.has(one));
  return { app, box, query, narrowed, narrowedTo, starting: `${root}/start`, bare, task: isId(task) ? Number(task) : undefined, set, address };
}
