import type { FieldInfo, Json, Values } from "@/api";
import type { CellChange } from "../cells";
import { isComputed, newLine, type Line, type Lines } from "./line";

/** The lines with these values typed in; those without a change stay the same objects. */
export function setCells(lines: Lines, changes: readonly CellChange[]): Lines {
  const byRow = new Map<number, Record<string, Json>>();
  for (const { row, field, value } of changes) byRow.set(row, { ...byRow.get(row), [field]: value });
  return lines.map((line, row) => {
    const typed = byRow.get(row);
    return typed ? { ...line, typed: { ...line.typed, ...typed } } : line;
  });
}

export function insertLines(lines: Lines, at: number, added: Lines): Lines {
  return [...lines.slice(0, at), ...added, ...lines.slice(at)];
}

export function removeLines(lines: Lines, rows: ReadonlySet<number>): Lines {
  return lines.filter((_, row) => !rows.has(row));
}

/** What a copy takes over of a line's values: nothing computed or unique, and no files, which belong to one line. */
export function copyOf(fields: Readonly<Record<string, FieldInfo>>, values: Values): Line {
  const copied = Object.entries(fields).filter(([key, field]) => {
    const value = values[key] ?? null;
    return value !== null && !isComputed(field) && !field.read_only && !field.unique && field.type !== "file" && field.type !== "image";
  });
  return newLine(Object.fromEntries(copied.map(([key]) => [key, values[key] ?? null])));
}

/** Moves the lines from `first` to `last` so that they begin at `to` in what results. */
export function moveLines(lines: Lines, first: number, last: number, to: number): Lines {
  const moved = lines.slice(first, last + 1);
  const rest = [...lines.slice(0, first), ...lines.slice(last + 1)];
  const at = Math.max(0, Math.min(rest.length, to));
  return insertLines(rest, at, moved);
}

/** Whether nothing was typed into a line that is not saved yet. */
export function isUntouched(line: Line): boolean {
  return line.id === null && Object.values(line.typed).every((value) => value === null);
}
