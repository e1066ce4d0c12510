import type { FieldInfo, Json } from "@/api";
import type { CellChange, Range } from "./range";
import { isUnreadable, plainName, readCell, takesText, type ToMoment } from "./readCell";

/** A column of the grid as pasting sees it. */
export interface PasteColumn {
  readonly key: string;
  readonly field: FieldInfo;
}

/** Names in a pasted cell that the server has to look up. */
export interface Pending {
  readonly row: number;
  readonly field: string;
  readonly names: readonly string[];
  readonly several: boolean;
  /** The cell as it was pasted; it stands there until the names are known. */
  readonly text: string;
}

/** What a cell held from which a text was copied. */
export interface Origin {
  readonly field: FieldInfo;
  readonly value: Json;
}

/** A pasted text that did not go in. */
export interface Missed {
  readonly row: number;
  readonly field: string;
  readonly text: string;
}

export interface Pasted {
  readonly changes: readonly CellChange[];
  readonly pending: readonly Pending[];
  /** Lines that have to be added below. */
  readonly added: number;
  /** The last row and column that the pasted cells reach. */
  readonly bottom: number;
  readonly right: number;
  /** Cells whose text their field cannot read; they keep the text. */
  readonly unreadable: readonly Missed[];
  /** Cells into which nothing can be pasted. */
  readonly closed: readonly Missed[];
  /** Cells to the right of the last column, and rows beyond the most lines there may be. */
  readonly outside: number;
  /** Rows that lie altogether beyond the most there may be. */
  readonly rowsOutside: number;
}

interface Target {
  readonly columns: readonly PasteColumn[];
  readonly range: Range;
  readonly rows: number;
  /** The most lines there may be. */
  readonly most: number;
  readonly isClosed: (row: number, field: string) => boolean;
  readonly toMoment: ToMoment;
  /** What the texts were copied from, where that is known: it need not be read again. */
  readonly origins?: readonly (readonly Origin[])[] | null;
}

/** What decides which values a reference can have. */
const targetOf = (field: FieldInfo): string => JSON.stringify([field.settings?.["form"], field.settings?.["forms"]]);
const REFERENCES = new Set(["user", "users", "department", "departments", "relation", "relations", "relation_any"]);

/** Whether a value of one field means the same in another. */
function takesValue({ field: from, value }: Origin, to: FieldInfo): boolean {
  if (from.masked || from.type !== to.type || isUnreadable(from, value)) return false;
  return REFERENCES.has(to.type) ? targetOf(from) === targetOf(to) : JSON.stringify(from.settings) === JSON.stringify(to.settings);
}

/** One cell fills the selection; a smaller block is repeated in it where it fits a whole number of times. */
function spread<T>(table: readonly (readonly T[])[], { top, bottom, left, right }: Range, blank: T): readonly (readonly T[])[] {
  const [height, width] = [bottom - top + 1, right - left + 1];
  const [rows, columns] = [table.length, Math.max(...table.map((row) => row.length))];
  const [down, across] = [height % rows === 0 ? height / rows : 1, width % columns === 0 ? width / columns : 1];
  if (down === 1 && across === 1) return table;
  const wide = table.map((row) => Array.from({ length: across }, () => [...row, ...Array<T>(columns - row.length).fill(blank)]).flat());
  return Array.from({ length: down }, () => wide).flat();
}

/** What pasting a table does, from the first selected cell on. Every cell that it cannot take is counted. */
export function planPaste(table: readonly (readonly string[])[], target: Target): Pasted {
  const { columns, range, rows, most, isClosed, toMoment } = target;
  const cells = spread(table, range, "");
  const origins = target.origins ? spread<Origin | undefined>(target.origins, range, undefined) : [];
  const changes: CellChange[] = [];
  const pending: Pending[] = [];
  const unreadable: Missed[] = [];
  const closed: Missed[] = [];
  let outside = 0;
  cells.forEach((texts, down) => {
    const row = range.top + down;
    texts.forEach((text, across) => {
      const column = columns[range.left + across];
      if (!column || row >= most) {
        outside += text.trim() === "" ? 0 : 1;
        return;
      }
      if (!takesText(column.field) || isClosed(row, column.key)) {
        if (text.trim() !== "") closed.push({ row, field: column.key, text });
        return;
      }
      const origin = origins[down]?.[across];
      if (origin && takesValue(origin, column.field)) {
        changes.push({ row, field: column.key, value: origin.value });
        return;
      }
      const reading = readCell(column.field, text, toMoment);
      const change = (value: Json) => changes.push({ row, field: column.key, value });
      if ("value" in reading) change(reading.value);
      else {
        change(text.trim());
        if ("names" in reading) pending.push({ row, field: column.key, text: text.trim(), names: reading.names, several: reading.several });
        else unreadable.push({ row, field: column.key, text: text.trim() });
      }
    });
  });
  const last = Math.min(most, range.top + cells.length);
  const right = Math.min(columns.length, range.left + Math.max(...cells.map((texts) => texts.length))) - 1;
  return { changes, pending, added: Math.max(0, last - rows), bottom: last - 1, right, unreadable, closed, outside, rowsOutside: Math.max(0, range.top + cells.length - most) };
}

/** Somebody or something that was looked up. */
export interface Named {
  readonly name: string;
  /** Another name by which it is known as well: a person's e-mail address. */
  readonly other?: string | undefined;
  readonly value: Json;
}

/** The one that has a name; null when nobody has it or more than one. */
export function oneNamed(name: string, found: readonly Named[]): Json {
  const wanted = plainName(name);
  const fitting = found.filter(({ name: one, other }) => plainName(one) === wanted || (other !== undefined && plainName(other) === wanted));
  return fitting.length === 1 ? (fitting[0]?.value ?? null) : null;
}

/** The value of a cell whose names have been looked up; null when one of them is not known. */
export function settledValue({ names, several }: Pending, found: readonly Named[]): Json {
  const values = names.map((name) => oneNamed(name, found));
  if (values.length === 0 || values.includes(null)) return null;
  return several ? values : (values[0] ?? null);
}
