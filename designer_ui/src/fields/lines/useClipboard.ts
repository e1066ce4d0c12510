/** Copying cells as a spreadsheet takes them, and pasting what comes from one. */
import { useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api";
import type { Place } from "@/catalogue/registry";
import { planPaste, readTable, type CellChange, type Pasted, type Pending, type Range } from "@/model/cells";
import { insertLines, newLine, setCells, type Lines, type ShownLine } from "@/model/lines";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import { copyCells, lookUp, originsOf, useClipboardEvents } from "../clipboard";
import { wallToInstant } from "../parts/dates";
import { closedBecause, type LineColumn } from "./columns";
import type { LinesWork } from "./useLines";

interface Sheet {
  /** The element that has the focus while one works in the grid. */
  readonly grid: RefObject<HTMLElement | null>;
  readonly lines: readonly ShownLine[];
  readonly columns: readonly LineColumn[];
  readonly place: Place;
  readonly range: () => Range;
  readonly most: number;
  readonly work: LinesWork;
  readonly readOnly: boolean;
  readonly onClear: () => void;
  readonly onSelect: (range: Range) => void;
}

/** The found values for cells that still hold what was pasted into them, wherever their lines are now. */
function settledCells(found: readonly (Pending & { readonly value: Json })[], keys: readonly string[], lines: Lines): readonly CellChange[] {
  const rowOf = new Map(lines.map((line, row) => [line.key, row]));
  return found.flatMap(({ row: pasted, field, text, value }) => {
    const row = rowOf.get(keys[pasted] ?? "");
    return row === undefined || value === null || lines[row]?.typed[field] !== text ? [] : [{ row, field, value }];
  });
}

/** What a paste did not take over, in words; blank when it took everything. */
function useReport() {
  const { t } = useTranslation();
  return ({ unreadable, closed, outside }: Pick<Pasted, "unreadable" | "closed" | "outside">): string =>
    [
      unreadable.length ? t("lines.paste.unreadable", { count: unreadable.length }) : "",
      closed.length ? t("lines.paste.closed", { count: closed.length }) : "",
      outside ? t("lines.paste.outside", { count: outside }) : "",
    ].filter(Boolean).join(" ");
}

export function useClipboard({ grid, lines, columns, place, range, most, work, readOnly, onClear, onSelect }: Sheet) {
  const { t } = useTranslation();
  const format = useFormat();
  const report = useReport();
  const [note, setNote] = useState("");

  const copy = (event: ClipboardEvent): boolean => {
    if (lines.length === 0) return false;
    const { top, bottom, left, right } = range();
    const cells = lines.slice(top, bottom + 1).map(({ values }) => columns.slice(left, right + 1).map(({ key, field }) => ({ field, value: values[key] ?? null })));
    copyCells(event, cells, format);
    announce(t("lines.copied", { count: (bottom - top + 1) * (right - left + 1) }));
    return true;
  };

  const tell = (done: string, pasted: Pick<Pasted, "unreadable" | "closed" | "outside">): void => {
    const rest = report(pasted);
    setNote(rest);
    announce([done, rest].filter(Boolean).join(" "));
  };

  const paste = async (text: string): Promise<void> => {
    const at = range();
    const pasted = planPaste(readTable(text), {
      columns,
      range: at,
      rows: lines.length,
      most,
      origins: originsOf(text),
      toMoment: (wall) => wallToInstant(wall, format.timeZone),
      isClosed: (row, key) => {
        const [line, column] = [lines[row], columns.find((one) => one.key === key)];
        return line !== undefined && column !== undefined && closedBecause(line, column) !== null;
      },
    });
    const added = Array.from({ length: pasted.added }, () => newLine());
    const before = work.now();
    const next = setCells(insertLines(before, before.length, added), pasted.changes);
    work.write(next);
    const keys = next.map((line) => line.key);
    onSelect({ ...at, bottom: Math.max(at.bottom, pasted.bottom), right: Math.max(at.right, pasted.right) });
    tell(t("lines.pasted", { count: pasted.changes.length }), pasted);
    if (pasted.pending.length === 0) return;
    try {
      const found = await lookUp(pasted.pending, columns, place);
      const changes = settledCells(found, keys, work.now());
      if (changes.length > 0) work.type(setCells(work.now(), changes));
      const missing = found.filter(({ value }) => value === null);
      if (missing.length > 0) tell("", { ...pasted, unreadable: [...pasted.unreadable, ...missing] });
    } catch {
      tell("", { ...pasted, unreadable: [...pasted.unreadable, ...pasted.pending] });
    }
  };

  useClipboardEvents(grid, {
    copy,
    cut: (event) => {
      if (copy(event) && !readOnly) onClear();
    },
    paste: readOnly ? undefined : (text) => void paste(text),
  });
  return { note, dismiss: () => setNote("") };
}
