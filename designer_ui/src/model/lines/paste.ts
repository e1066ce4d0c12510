import type { FieldInfo, Json } from "@/api";
import type { CellChange } from "./edit";
import type { Range } from "./range";
import { plainName, readCell, takesText, type ToMoment } from "./readCell";

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

export interface Pasted {
  readonly changes: readonly CellChange[];
  readonly pending: readonly Pending[];
  /** Lines that have to be added below. */
  readonly added: number;
  /** The last row and column that the pasted cells reach. */
  readonly bottom: number;
  readonly right: number;
  /** Cells whose text their field cannot read; they keep the text. */
  readonly unreadable: number;
  /** Cells of columns into which nothing can be pasted. */
  readonly closed: number;
  /** Cells to the right of the last column, and rows beyond the most lines there may be. */
  readonly outside: number;
}

interface Target {
  readonly columns: readonly PasteColumn[];
  readonly range: Range;
  readonly rows: number;
  /** The most lines there may be. */
  readonly most: number;
  readonly isClosed: (row: number, field: string) => boolean;
  readonly toMoment: ToMoment;
}

/** One cell fills the selection; a smaller block is repeated in it where it fits a whole number of times. */
function spread(table: readonly (readonly string[])[], { top, bottom, left, right }: Range): readonly (readonly string[])[] {
  const [height, width] = [bottom - top + 1, right - left + 1];
  const [rows, columns] = [table.length, Math.max(...table.map((row) => row.length))];
  const [down, across] = [height % rows === 0 ? height / rows : 1, width % columns === 0 ? width / columns : 1];
  if (down === 1 && across === 1) return table;
  const wide = table.map((row) => Array.from({ length: across }, () => [...row, ...Array<string>(columns - row.length).fill("")]).flat());
  return Array.from({ length: down }, () => wide).flat();
}

/** What pasting a table does, from the first selected cell on. Every cell that it cannot take is counted. */
export function planPaste(table: readonly (readonly string[])[], target: Target): Pasted {
  const { columns, range, rows, most, isClosed, toMoment } = target;
  const cells = spread(table, range);
  const changes: CellChange[] = [];
  const pending: Pending[] = [];
  let [unreadable, closed, outside] = [0, 0, 0];
  cells.forEach((texts, down) => {
    const row = range.top + down;
    texts.forEach((text, across) => {
      const column = columns[range.left + across];
      if (!column || row >= most) {
        outside += text.trim() === "" ? 0 : 1;
        return;
      }
      if (!takesText(column.field) || isClosed(row, column.key)) {
        closed += text.trim() === "" ? 0 : 1;
        return;
      }
      const reading = readCell(column.field, text, toMoment);
      const change = (value: Json) => changes.push({ row, field: column.key, value });
      if ("value" in reading) change(reading.value);
      else {
        change(text.trim());
        if ("names" in reading) pending.push({ row, field: column.key, text: text.trim(), names: reading.names, several: reading.several });
        else unreadable += 1;
      }
    });
  });
  const last = Math.min(most, range.top + cells.length);
  const right = Math.min(columns.length, range.left + Math.max(...cells.map((texts) => texts.length))) - 1;
  return { changes, pending, added: Math.max(0, last - rows), bottom: last - 1, right, unreadable, closed, outside };
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
