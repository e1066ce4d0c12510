/** The columns of a grid from the list's state. */
import type { Describe } from "@/api";
import { shownType } from "@/catalogue/registry";
import type { ListState } from "@/model/view";
import type { Format } from "@/ui/format";
import { editableInList, fieldsOf, groupableInList, sortableInList, visibleColumns } from "../fields";
import { CHECK_WIDTH, type Column } from "./types";

export function gridColumns(describe: Describe, state: ListState, format: Format): readonly Column[] {
  const fields = fieldsOf(describe);
  let left = CHECK_WIDTH;
  return visibleColumns(state.columns, fields).flatMap((key, index) => {
    const field = fields[key];
    if (!field) return [];
    const type = shownType(field);
    const label = format.label(field.label) || key;
    const width = state.widths[key] ?? Math.max(type.width, index === 0 ? FIRST_WIDTH : 0, headWidth(label));
    const frozen = index < state.frozen;
    const column: Column = {
      key,
      field,
      label,
      width,
      end: type.align === "end",
      editable: editableInList(describe, key),
      sortable: sortableInList(field),
      groupable: groupableInList(field),
      left: frozen ? left : null,
    };
    left += width;
    return [column];
  });
}

/** The first column carries the link to the record. */
const FIRST_WIDTH = 168;

/** Padding and the arrow of the sort beside the words. */
const HEAD_ROOM = 40;
const WIDEST_HEAD = 240;

/** Room for a column's name: a Chinese character is about as wide as two letters. */
function headWidth(label: string): number {
  const letters = [...label].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 13.5 : 7.4), 0);
  return Math.min(WIDEST_HEAD, Math.ceil(letters) + HEAD_ROOM);
}

export function totalWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.width, CHECK_WIDTH);
}

export function frozenWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => (column.left === null ? sum : sum + column.width), CHECK_WIDTH);
}
