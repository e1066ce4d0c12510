/** A list's grid as a sheet of records and columns; what stands between the records, such as heads of groups, is left out. */
import type { Json, RecordJson, Values } from "@/api";
import { planPaste, readTable, type Missed, type Origin, type Pending, type Range, type ToMoment } from "@/model/cells";
import { sameValue } from "@/model/draft";
import { columnOn } from "../grid/columnOn";
import type { CellRange, Column, GridItem } from "../grid/types";

/** A record and the place of its row in the grid. */
export interface SheetRow {
  readonly place: number;
  readonly record: RecordJson;
}

/** Values that a record is to have. */
export interface Write {
  readonly record: RecordJson;
  readonly values: Values;
}

/** What is to be written, and the fields that were left out because nobody can fill them in. */
export interface Planned {
  readonly writes: readonly Write[];
  readonly skipped: readonly string[];
}

/** Whether people cannot change a column's values in the list. */
export const isClosed = (column: Column): boolean => !column.editable || column.field.masked === true;

export function sheetRows(items: readonly GridItem[]): readonly SheetRow[] {
  return items.flatMap((item, place) => (item.kind === "record" ? [{ place, record: item.record }] : []));
}

export const rowsIn = (rows: readonly SheetRow[], { top, bottom }: CellRange): readonly SheetRow[] => rows.filter(({ place }) => place >= top && place <= bottom);

export const columnsIn = (columns: readonly Column[], { left, right }: CellRange): readonly Column[] => columns.slice(left - 1, right);

/** The range with its rows counted among the records; null when it holds none. */
export function rangeAmong(rows: readonly SheetRow[], range: CellRange): Range | null {
  const within = rowsIn(rows, range);
  const first = within[0];
  if (!first || range.right < 1) return null;
  const top = rows.indexOf(first);
  return { top, bottom: top + within.length - 1, left: range.left - 1, right: range.right - 1 };
}

/** The cells of some rows and columns, row by row. */
export function cellsOf(rows: readonly SheetRow[], columns: readonly Column[]): readonly (readonly Origin[])[] {
  return rows.map(({ record }) => columns.map(({ key, field }) => ({ field, value: record[key] ?? null })));
}

/** Gives every cell of the rows a value; `value` gets the places within them. */
export function setAll(rows: readonly SheetRow[], columns: readonly Column[], value: (down: number, column: Column) => Json): Planned {
  const isOpen = (column: Column, { record }: SheetRow): boolean => !isClosed(columnOn(column, record));
  const writes = rows.map((row, down) => {
    const open = columns.filter((column) => isOpen(column, row));
    return { record: row.record, values: Object.fromEntries(open.map((column) => [column.key, value(down, column)])) };
  });
  return { writes, skipped: columns.filter((column) => !rows.every((row) => isOpen(column, row))).map(({ label }) => label) };
}

/** Repeats rows in others, in turn. */
export function fill(source: readonly SheetRow[], target: readonly SheetRow[], columns: readonly Column[]): Planned {
  return setAll(target, columns, (down, { key }) => source[down % source.length]?.record[key] ?? null);
}

/** Only what would really change. */
export function changing(writes: readonly Write[], columns: readonly Column[]): readonly Write[] {
  const fields = new Map(columns.map(({ key, field }) => [key, field]));
  return writes.flatMap(({ record, values }) => {
    const changed = Object.entries(values).filter(([key, value]) => !sameValue(record[key], value, fields.get(key)));
    return changed.length > 0 ? [{ record, values: Object.fromEntries(changed) }] : [];
  });
}

export const cellCount = (writes: readonly Write[]): number => writes.reduce((sum, { values }) => sum + Object.keys(values).length, 0);

interface PasteTarget {
  readonly rows: readonly SheetRow[];
  readonly columns: readonly Column[];
  readonly range: Range;
  readonly toMoment: ToMoment;
  readonly origins: readonly (readonly Origin[])[] | null;
}

/** What pasting a text would write, once the names in it have been looked up. */
export interface PastePlan extends Planned {
  readonly pending: readonly Pending[];
  readonly unreadable: readonly Missed[];
  /** Cells beyond the last column, and whole rows beyond the last one that is loaded. */
  readonly outside: number;
  readonly rowsOutside: number;
  /** The pasted cells. */
  readonly range: Range;
}

export function planSheetPaste(text: string, { rows, columns, range, toMoment, origins }: PasteTarget): PastePlan {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const closed = (row: number, key: string): boolean => {
    const column = byKey.get(key);
    const record = rows[row]?.record;
    return !column || isClosed(record ? columnOn(column, record) : column);
  };
  const pasted = planPaste(readTable(text), { columns, range, rows: rows.length, most: rows.length, isClosed: closed, toMoment, origins });
  const unsettled = new Set([...pasted.pending, ...pasted.unreadable].map(({ row, field }) => `${row}/${field}`));
  const values = new Map<number, Record<string, Json>>();
  for (const { row, field, value } of pasted.changes) {
    if (!unsettled.has(`${row}/${field}`)) values.set(row, { ...values.get(row), [field]: value });
  }
  const left = new Set(pasted.closed.map(({ field }) => field));
  return {
    writes: writesOf(rows, values),
    skipped: columns.filter(({ key }) => left.has(key)).map(({ label }) => label),
    pending: pasted.pending,
    unreadable: pasted.unreadable,
    outside: pasted.outside,
    rowsOutside: pasted.rowsOutside,
    range: { ...range, bottom: Math.max(range.bottom, pasted.bottom), right: Math.max(range.right, pasted.right) },
  };
}

function writesOf(rows: readonly SheetRow[], values: ReadonlyMap<number, Values>): readonly Write[] {
  return [...values].flatMap(([row, found]) => {
    const record = rows[row]?.record;
    return record ? [{ record, values: found }] : [];
  });
}

/** Adds the values that were found for names to what is written. */
export function withFound(writes: readonly Write[], rows: readonly SheetRow[], found: readonly (Pending & { readonly value: Json })[]): readonly Write[] {
  const byId = new Map(writes.map(({ record, values }) => [record.id, { record, values }]));
  for (const { row, field, value } of found) {
    const record = rows[row]?.record;
    if (record && value !== null) byId.set(record.id, { record, values: { ...byId.get(record.id)?.values, [field]: value } });
  }
  return [...byId.values()];
}

