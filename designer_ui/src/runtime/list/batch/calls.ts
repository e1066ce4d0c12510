/** The calls that change many records at once and take that back. */
import { formPath, post, type ApiIssue, type HistoryChange, type Json } from "@/api";

/** The same change of many records. */
export interface BatchEdit {
  readonly ids: readonly number[];
  readonly values?: Readonly<Record<string, Json>>;
  readonly compute?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, Json>>;
  readonly remove?: Readonly<Record<string, Json>>;
  readonly partly?: boolean;
  readonly confirm?: "duplicates";
}

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

export function editBatch(app: string, form: string, body: BatchEdit, preview: boolean): Promise<BatchEdited> {
  return post<BatchEdited>(formPath(app, form, `/records/batch-edit${preview ? "?preview=true" : ""}`), body);
}

export function undoBatch(app: string, form: string, batch: number): Promise<BatchTakenBack> {
  return post<BatchTakenBack>(formPath(app, form, `/records/batches/${batch}/undo`), {});
}
