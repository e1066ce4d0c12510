/** Copying cells as a spreadsheet takes them, and pasting what comes from one. */
import { useEffect, useEffectEvent, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { FieldInfo, Json } from "@/api";
import { isBlank, shownType, type Place } from "@/catalogue/registry";
import { decimalText } from "@/model/decimal";
import { insertLines, isUnreadable, newLine, planPaste, readTable, setCells, writeTable, type Pasted, type Range, type ShownLine } from "@/model/lines";
import { announce } from "@/ui/announce";
import { useFormat, type Format } from "@/ui/format";
import { wallToInstant } from "../parts/dates";
import { closedBecause, type LineColumn } from "./columns";
import { lookUp, settledCells } from "./lookUp";
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

/** Plain numbers and days, which every spreadsheet reads; words for the rest. */
export function cellText(field: FieldInfo, value: Json | undefined, format: Format): string {
  if (value === undefined || isBlank(value)) return "";
  if (isUnreadable(field, value)) return String(value);
  const type = field.type === "formula" ? (field.result ?? "text") : field.type;
  if (type === "number" || type === "money") return decimalText(value as number | string);
  if (type === "date" || type === "time") return String(value);
  return shownType(field).text(value, field, format);
}

/** What a paste did not take over, in words; blank when it took everything. */
function useReport() {
  const { t } = useTranslation();
  return ({ unreadable, closed, outside }: Pick<Pasted, "unreadable" | "closed" | "outside">): string =>
    [
      unreadable ? t("lines.paste.unreadable", { count: unreadable }) : "",
      closed ? t("lines.paste.closed", { count: closed }) : "",
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
    const cells = lines.slice(top, bottom + 1).map(({ values }) => columns.slice(left, right + 1).map(({ key, field }) => cellText(field, values[key], format)));
    event.clipboardData?.setData("text/plain", writeTable(cells));
    event.preventDefault();
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
      const missing = found.filter(({ value }) => value === null).length;
      if (missing > 0) tell("", { ...pasted, unreadable: pasted.unreadable + missing });
    } catch {
      tell("", { ...pasted, unreadable: pasted.unreadable + pasted.pending.length });
    }
  };

  const handle = useEffectEvent((event: ClipboardEvent): void => {
    if (grid.current === null || document.activeElement !== grid.current) return;
    if (event.type === "copy") copy(event);
    else if (event.type === "cut") {
      if (copy(event) && !readOnly) onClear();
    } else if (!readOnly) {
      event.preventDefault();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text !== "") void paste(text);
    }
  });
  useEffect(() => {
    // They arrive where the page's selection is, which need not be where the focus is.
    const kinds = ["copy", "cut", "paste"] as const;
    kinds.forEach((kind) => document.addEventListener(kind, handle));
    return () => kinds.forEach((kind) => document.removeEventListener(kind, handle));
  }, []);
  return { note, dismiss: () => setNote("") };
}
