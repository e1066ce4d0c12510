/** What the calls of the import say and take. */
import type { JsonObject, Label } from "@/api";

export type DateOrder = "dmy" | "mdy" | "ymd";
export type NumberStyle = "point" | "comma";
export type Mode = "add" | "update" | "add_or_update";
export type Blank = "keep" | "clear";
export type Several = "fail" | "skip" | "first";

export interface ImportColumn {
  readonly name: string;
  readonly samples: readonly string[];
  readonly suggestion: string | null;
  /** How dates, and numbers with a decimal sign, are written in it; null when it has none. */
  readonly dates: { readonly order: DateOrder; readonly doubtful: boolean } | null;
  readonly numbers: { readonly style: NumberStyle; readonly doubtful: boolean } | null;
}

/** What the records of a relation may be named by, and whether missing ones may be made. */
export interface LinkInfo {
  readonly form: string;
  readonly label: Label;
  readonly find_by: readonly { readonly key: string; readonly label: Label }[];
  readonly create: boolean;
}

/** How the cells of one column are read. */
export interface ColumnChoice {
  /** Cells that are replaced by others; by "" they are left blank. */
  readonly values?: Readonly<Record<string, string>>;
  readonly numbers?: NumberStyle | null;
  readonly find_by?: string | null;
  readonly create_missing?: boolean;
  readonly unknown?: "fail" | "blank";
}

export type LineMode = "replace" | "add" | "update" | "add_or_update";

/** What the lines of a file do to those that a record has already; `match` are the fields that tell a line. */
export interface LineChoice {
  readonly mode: LineMode;
  readonly match: readonly string[];
}

/** Choices of the last time with a file of the same columns. */
export interface SavedChoices {
  readonly form: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly match: string | readonly string[] | null;
  readonly mode: Mode;
  readonly blank: Blank;
  readonly several: Several;
  readonly columns: Readonly<Record<string, ColumnChoice>>;
  readonly date_orders: Readonly<Record<string, DateOrder>>;
  readonly lines?: Readonly<Record<string, LineChoice>>;
}

export interface FilePreview {
  readonly file: { readonly id: number; readonly name: string };
  readonly format: "csv" | "xlsx";
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  readonly rows: number;
  readonly columns: readonly ImportColumn[];
  readonly warnings: readonly { readonly code?: string; readonly message: string }[];
  /** The form that the file is probably for. */
  readonly form: string | null;
  readonly forms: readonly { readonly key: string; readonly label: Label }[];
  /** By field; of lines with their subform before it ("lines.product"). */
  readonly links: Readonly<Record<string, LinkInfo>>;
  /** The subforms whose lines a file may bring, with the fields that columns may go into. */
  readonly subforms: Readonly<Record<string, { readonly label: Label; readonly fields: readonly { readonly key: string; readonly label: Label }[] }>>;
  /** What new records need from the file: fields, subforms, and fields of lines where there are lines. */
  readonly demanded: readonly string[];
  readonly saved: SavedChoices | null;
}

/** How a file is read, where a person knows better than the guess. */
export interface Reading {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
}

/** One file of an import, as the API takes it. */
export interface ImportFile {
  readonly file: number;
  readonly form: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly match: readonly string[] | null;
  readonly mode: Mode;
  readonly blank: Blank;
  readonly several: Several;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly date_orders: Readonly<Record<string, DateOrder>>;
  readonly columns: Readonly<Record<string, ColumnChoice>>;
  /** By subform. */
  readonly lines: Readonly<Record<string, LineChoice>>;
  readonly confirm?: "duplicates";
}

export interface UnknownValue {
  readonly value: string;
  readonly count: number;
  readonly suggestion: string | null;
}

/** Cells of a column that name nothing known. */
export interface UnknownColumn {
  readonly column: string;
  readonly field: string;
  readonly values: readonly UnknownValue[];
  /** How many further values are not listed. */
  readonly more: number;
  readonly candidates: readonly { readonly value: string; readonly label: string }[];
}

/** By file, in the order they were sent. */
export type UnknownFiles = readonly { readonly columns: readonly UnknownColumn[] }[];

export interface Job {
  readonly id: string | number;
  readonly kind: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly app: string | null;
  readonly form: string | null;
  readonly dry_run?: boolean;
  readonly summary: JsonObject | null;
  readonly error: string | null;
  readonly file: { readonly id: number; readonly name: string } | null;
  readonly created_at: string;
  readonly finished_at: string | null;
}

/** Why rows of a file were left out. */
export interface Reason {
  readonly column: string;
  readonly code: string;
  readonly count: number;
  readonly row: number;
  readonly message: string;
}

/** The figures of one file of an import. */
export interface Part {
  readonly form: string;
  readonly file_name: string | null;
  readonly rows: number | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly lines?: { readonly added: number; readonly updated: number; readonly removed: number };
  /** Records made in other forms, by form. */
  readonly related: Readonly<Record<string, number>>;
  /** Cells that were left blank, by column. */
  readonly left_blank: Readonly<Record<string, number>>;
  readonly reasons: readonly Reason[];
  /** The rows that were left out. */
  readonly file?: { readonly id: number; readonly name: string };
}

/** An import in the list of an app. */
export interface PastImport extends Job {
  readonly by: string | null;
  readonly files: readonly (string | null)[];
  readonly undo: Job | null;
}
