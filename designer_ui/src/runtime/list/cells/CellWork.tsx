/** Many cells of a list's grid at once: selected, copied, pasted, filled and cleared, as in a spreadsheet. */
import type { Describe } from "@/api";
import { copyCells, lookUp, originsOf, useClipboardEvents } from "@/fields/clipboard";
import { wallToInstant } from "@/fields/parts/dates";
import { announce } from "@/ui/announce";
import { useFormat } from "@/ui/format";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { rangeBetween, type CellRange, type Column, type GridItem, type Position } from "../grid/types";
import type { CellSaving } from "../saving";
import { titleOf, type Refused } from "./refusals";
import { RefusalDialog } from "./RefusalDialog";
import { cellsOf, columnsIn, fill, planSheetPaste, rangeAmong, rowsIn, setAll, sheetRows, withFound, type Planned } from "./sheet";
import { useCellKeys } from "./useCellKeys";
import { useCellPointer } from "./useCellPointer";
import { useWriting } from "./useWriting";
import "./cells.css";

interface Props {
  /** Of the text that tells how to work with the keyboard. */
  readonly id: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly describe: Describe;
  readonly items: readonly GridItem[];
  readonly columns: readonly Column[];
  readonly active: Position;
  /** The other end of the selected cells; null when only the active one is. */
  readonly anchor: Position | null;
  readonly range: CellRange;
  readonly saving: CellSaving;
  readonly onSelect: (active: Position, anchor?: Position | null) => void;
  readonly focus: () => void;
}

export function CellWork({ id, scroller, describe, items, columns, active, anchor, range, saving, onSelect, focus }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { write, undo, question, answer } = useWriting({ describe, items, columns, saving });
  const rows = sheetRows(items);
  const chosenRows = active.row >= 0 ? rowsIn(rows, range) : [];
  const chosen = active.column > 0 ? columnsIn(columns, range) : [];
  const several = range.top !== range.bottom || range.left !== range.right;

  const extend = (to: Position, from: Position): void => {
    const { top, bottom, left, right } = rangeBetween(from, to);
    onSelect(to, from);
    announce(t("cells.selected", { rows: format.number(bottom - top + 1), columns: format.number(right - left + 1) }));
  };

  const put = ({ writes, skipped }: Planned): void => {
    if (chosenRows.length > 0 && chosen.length > 0) write({ writes, skipped });
  };
  const clear = (): void => put(setAll(chosenRows, chosen, () => null));
  /** The first row of the selection in those below it; a single row takes the one above. */
  const fillDown = (): void => {
    const above = rows[rows.findIndex(({ place }) => place === chosenRows[0]?.place) - 1];
    const [source, target] = chosenRows.length > 1 ? [chosenRows.slice(0, 1), chosenRows.slice(1)] : [above ? [above] : [], chosenRows];
    if (source.length > 0) put(fill(source, target, chosen));
  };
  /** The dragged handle: the rows that were selected, again and again in those it was drawn over. */
  const fillTo = (source: CellRange, to: number): void => {
    const [top, bottom] = to > source.bottom ? [source.bottom + 1, to] : [to, source.top - 1];
    const target = rowsIn(rows, { ...source, top, bottom });
    const from = rowsIn(rows, source);
    const turned = to > source.bottom || target.length % from.length === 0 ? from : [...from.slice(-(target.length % from.length)), ...from.slice(0, -(target.length % from.length))];
    write(fill(turned, target, columnsIn(columns, source)));
  };

  const copy = (event: ClipboardEvent): boolean => {
    if (chosenRows.length === 0 || chosen.length === 0 || window.getSelection()?.toString()) return false;
    copyCells(event, cellsOf(chosenRows, chosen), format);
    const count = chosenRows.length * chosen.length;
    announce(t("cells.copied", { count, shown: format.number(count) }));
    return true;
  };

  const paste = async (text: string): Promise<void> => {
    const at = active.row >= 0 && active.column > 0 ? rangeAmong(rows, range) : null;
    if (!at) return announce(t("cells.nowhere"));
    const plan = planSheetPaste(text, { rows, columns, range: at, toMoment: (wall) => wallToInstant(wall, format.timeZone), origins: originsOf(text) });
    const [first, last] = [rows[plan.range.top], rows[plan.range.bottom]];
    if (first && last) onSelect({ row: first.place, column: plan.range.left + 1 }, { row: last.place, column: plan.range.right + 1 });
    const found = plan.pending.length > 0 ? await lookUp(plan.pending, columns, { app: describe.app, form: describe.key, field: "" }) : [];
    const problem = (key: string) => ({ row, field, text: cell }: { readonly row: number; readonly field: string; readonly text: string }): Refused[] => {
      const record = rows[row]?.record;
      return record ? [{ id: record.id, title: titleOf({ record }), field, message: t(`cells.problem.${key}`, { text: cell }) }] : [];
    };
    write({
      writes: withFound(plan.writes, rows, found),
      skipped: plan.skipped,
      refused: [...plan.unreadable.flatMap(problem("unreadable")), ...found.filter(({ value }) => value === null).flatMap(problem("unknown"))],
      outside: plan.outside,
      rowsOutside: plan.rowsOutside,
    });
  };

  useClipboardEvents(scroller, {
    copy,
    cut: (event) => {
      if (copy(event)) clear();
    },
    paste: (text) => {
      paste(text).catch(() => announce(t("cells.notLooked")));
    },
  });
  useCellKeys(scroller, { items, columns, active, anchor, several, extend, onSelect, fillDown, clear, undo });
  useCellPointer(scroller, { active, anchor, range, extend, focus, fillTo });
  return (
    <>
      <p id={id} className="sr-only">{t("cells.help")}</p>
      {question ? <RefusalDialog describe={describe} job={question} onAnswer={answer} /> : null}
    </>
  );
}
