/** The list a person came from, so that a record's page can lead to its neighbours there. */
import type { ListQuery } from "@/api";

export interface Trail {
  readonly app: string;
  readonly form: string;
  readonly query: ListQuery;
  /** The list's address. */
  readonly from: string;
}

const STORAGE = "joinery.trail";

/** Remembered for this tab of the browser, so that reloading a record keeps its place. */
export function leaveTrail(trail: Trail): void {
  try {
    sessionStorage.setItem(STORAGE, JSON.stringify(trail));
  } catch {
    // Storage may be switched off: then records have no neighbours.
  }
}

export function trailOf(app: string, form: string): Trail | null {
  try {
    const trail = JSON.parse(sessionStorage.getItem(STORAGE) ?? "null") as Trail | null;
    return trail?.app === app && trail.form === form ? trail : null;
  } catch {
    return null;
  }
}
