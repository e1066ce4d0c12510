import { formPath, post } from "./http";
import type { ApiIssue, DuplicateMatch, Values } from "./types";

/** What is there already of values that somebody is typing. */
export interface DuplicateHint {
  readonly matches: readonly DuplicateMatch[];
  /** What saving would refuse. */
  readonly issues: readonly ApiIssue[];
}

export function findDuplicates(app: string, form: string, id: number | undefined, values: Values, signal: AbortSignal): Promise<DuplicateHint> {
  return post<DuplicateHint>(formPath(app, form, "/records/duplicates"), { values, ...(id === undefined ? {} : { id }) }, signal);
}
