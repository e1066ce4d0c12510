/** The calls that change many records at once and take that back. */
import { ApiError, formPath, post, type ApiIssue, type HistoryChange, type Json } from "@/api";
import { doneByJob, type Work } from "./work";

/** The most records that one call changes; more are changed by a job. */
const MOST_AT_ONCE = 5000;

/** The records that are meant: those with these ids, or all that a list's conditions match. */
export interface Meant {
  readonly count: number;
  readonly ids?: readonly number[];
  readonly filter?: string | undefined;
  readonly search?: string | undefined;
}

/** The same change of many records. */
export interface BatchChange {
  readonly values?: Readonly<Record<string, Json>>;
  readonly compute?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, Json>>;
  readonly remove?: Readonly<Record<string, Json>>;
  readonly partly?: boolean;
  readonly confirm?: "duplicates";
}

export type Progress = Work<BatchEdited>;

/** What a batch edit did or would do; `batch` undoes it. */
export interface BatchEdited {
  readonly matched: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly not_allowed: number;
  readonly wrong: number;
  readonly issues: readonly ApiIssue[];
  /** Of the records with problems, by id. */
  readonly titles: Readonly<Record<string, string | null>>;
  readonly samples: readonly { readonly id: number; readonly title: string | null; readonly changes: readonly HistoryChange[] }[];
  readonly batch: number | null;
}

export interface BatchTakenBack {
  readonly undone: number;
  readonly left: number;
}

/**
 * Changes the records, or with `preview` says what that would do; null when it was stopped before it had done anything.
 * Very many are changed by a job, which tells how far it is and passes over records with problems.
 */
export async function editBatch(app: string, form: string, meant: Meant, change: BatchChange, preview: boolean, told: (job: Progress) => void): Promise<BatchEdited | null> {
  const { ids, filter, search, count } = meant;
  const body = { ...(ids ? { ids } : { filter, search }), ...change };
  const path = (call: string): string => formPath(app, form, `/records/${call}${preview ? "?preview=true" : ""}`);
  if (count <= MOST_AT_ONCE) return post<BatchEdited>(path("batch-edit"), body);
  const job = await doneByJob<BatchEdited>(path("batch-edit-job"), { ...body, partly: true }, told);
  return job.done === 0 || (preview && job.state === "cancelled") ? null : job.summary;
}

/** Takes back what a batch did. */
export async function undoBatch(app: string, form: string, batch: number): Promise<BatchTakenBack> {
  const path = formPath(app, form, `/records/batches/${batch}/undo`);
  try {
    return await post<BatchTakenBack>(path, {});
  } catch (error) {
    if (!(error instanceof ApiError && error.code === "limit_exceeded")) throw error;
    return (await doneByJob<BatchTakenBack>(`${path}-job`, {}, () => undefined)).summary;
  }
}
