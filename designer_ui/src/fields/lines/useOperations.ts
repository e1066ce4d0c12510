/** What can be done with whole lines and with the selected cells, by key, button and menu alike. */
import { useTranslation } from "react-i18next";
import { takesText, type CellChange, type Range } from "@/model/cells";
import { copyOf, insertLines, lineFields, moveLines, newLine, removeLines, setCells, type Lines, type ShownLine } from "@/model/lines";
import type { FieldInfo } from "@/api";
import { announce } from "@/ui/announce";
import { closedBecause, type LineColumn } from "./columns";
import type { LinesWork } from "./useLines";

interface Sheet {
  readonly field: FieldInfo;
  readonly lines: readonly ShownLine[];
  readonly columns: readonly LineColumn[];
  readonly most: number;
  readonly work: LinesWork;
  readonly range: () => Range;
  /** Selects lines, and the column that is active in them; undefined keeps it. */
  readonly onSelect: (top: number, bottom: number, column?: number) => void;
}

export interface Operations {
  /** Adds a line at a place; false when there is no room for another one. */
  readonly insert: (at: number, column?: number) => boolean;
  readonly duplicate: () => void;
  readonly remove: () => void;
  readonly move: (step: 1 | -1) => void;
  readonly drop: (from: number, to: number) => void;
  readonly clear: () => void;
  readonly fillDown: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function useOperations({ field, lines, columns, most, work, range, onSelect }: Sheet): Operations {
  const { t } = useTranslation();
  const isFull = (more: number): boolean => {
    if (work.now().length + more <= most) return false;
    announce(t("lines.full", { count: most }));
    return true;
  };
  const moveTo = (top: number, bottom: number, to: number): void => {
    const place = Math.max(0, Math.min(work.now().length - (bottom - top + 1), to));
    if (place === top) return;
    work.write(moveLines(work.now(), top, bottom, place));
    onSelect(place, place + bottom - top);
    announce(t("lines.moved", { from: top + 1, to: place + 1 }));
  };
  const write = (changes: readonly CellChange[]): void => {
    if (changes.length > 0) work.write(setCells(work.now(), changes));
  };
  const isOpen = (line: ShownLine, column: LineColumn): boolean => closedBecause(line, column) === null;
  const stepped = (done: boolean, word: string): void => announce(t(done ? word : "lines.noStep"));
  return {
    insert(at, column) {
      if (isFull(1)) return false;
      work.write(insertLines(work.now(), at, [newLine()]));
      onSelect(at, at, column ?? 0);
      announce(t("lines.added", { number: at + 1 }));
      return true;
    },
    duplicate() {
      const { top, bottom } = range();
      const copied = lines.slice(top, bottom + 1).map(({ values }) => copyOf(lineFields(field).fields, values));
      if (copied.length === 0 || isFull(copied.length)) return;
      work.write(insertLines(work.now(), bottom + 1, copied));
      onSelect(bottom + 1, bottom + copied.length);
      announce(t("lines.duplicated", { count: copied.length }));
    },
    remove() {
      const { top, bottom } = range();
      const count = bottom - top + 1;
      if (count < 1) return;
      const rest: Lines = removeLines(work.now(), new Set(Array.from({ length: count }, (_, offset) => top + offset)));
      work.write(rest);
      onSelect(Math.min(top, Math.max(0, rest.length - 1)), Math.min(top, Math.max(0, rest.length - 1)));
      announce(t("lines.removed", { count }));
    },
    move(step) {
      const { top, bottom } = range();
      moveTo(top, bottom, top + step);
    },
    drop(from, to) {
      const { top, bottom } = range();
      const [first, last] = from >= top && from <= bottom ? [top, bottom] : [from, from];
      if (to >= first && to <= last + 1) return;
      moveTo(first, last, to > last ? to - (last - first + 1) : to);
    },
    clear() {
      const { top, bottom, left, right } = range();
      write(
        lines.slice(top, bottom + 1).flatMap((line, offset) =>
          columns.slice(left, right + 1).flatMap((column): CellChange[] => {
            const full = (line.values[column.key] ?? null) !== null;
            return full && isOpen(line, column) ? [{ row: top + offset, field: column.key, value: null }] : [];
          }),
        ),
      );
    },
    fillDown() {
      const { top, bottom, left, right } = range();
      const from = lines[top];
      if (!from) return;
      const changes = columns.slice(left, right + 1).flatMap((column) =>
        lines.slice(top + 1, bottom + 1).flatMap((line, offset): CellChange[] =>
          takesText(column.field) && isOpen(line, column) ? [{ row: top + 1 + offset, field: column.key, value: from.values[column.key] ?? null }] : [],
        ),
      );
      write(changes);
      announce(t("lines.filled", { count: changes.length }));
    },
    undo: () => stepped(work.undo(), "lines.undone"),
    redo: () => stepped(work.redo(), "lines.redone"),
  };
}
