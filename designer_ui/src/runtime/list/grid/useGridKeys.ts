/** The keyboard of a grid. */
import { toggleSort } from "@/model/view";
import type { KeyboardEvent } from "react";
import type { ListHandle } from "../useListState";
import { columnOn } from "./columnOn";
import type { GridActions } from "./context";
import { moveBy } from "./keyboard";
import { HEADER_ROW, type Column, type GridItem, type Position } from "./types";

interface Keys {
  readonly list: ListHandle;
  readonly items: readonly GridItem[];
  readonly columns: readonly Column[];
  readonly active: Position;
  readonly page: number;
  readonly actions: GridActions;
  readonly onMove: (to: Position) => void;
  readonly onMenu: (key: string) => void;
  readonly onClear: () => void;
  readonly onAll: () => void;
}

export function useGridKeys(keys: Keys): (event: KeyboardEvent) => void {
  const { list, items, columns, active, actions } = keys;
  const item = items[active.row];
  const column = columns[active.column - 1];

  const enterHeader = (event: KeyboardEvent): void => {
    if (!column) return keys.onAll();
    if (event.altKey || event.shiftKey || !column.sortable) {
      if (event.shiftKey && column.sortable) list.change({ sort: toggleSort(list.state.sort, column.key, true) });
      else keys.onMenu(column.key);
    } else list.change({ sort: toggleSort(list.state.sort, column.key, false) });
  };

  const enter = (event: KeyboardEvent): void => {
    if (active.row === HEADER_ROW) return enterHeader(event);
    if (item?.kind === "group") return actions.toggleGroup(item.group.key);
    if (item?.kind === "more") return actions.moreOf(item.group);
    if (item?.kind !== "record") return;
    const editable = column !== undefined && columnOn(column, item.record).editable;
    const opens = active.column <= 1 || !editable;
    if (opens && event.key === "Enter") actions.openRecord(item.record);
    else if (editable) actions.startEditing(active);
  };

  const act = (event: KeyboardEvent): boolean => {
    const control = event.ctrlKey || event.metaKey;
    const record = item?.kind === "record" ? item.record : null;
    if (event.key === "Enter" || event.key === "F2") enter(event);
    else if (event.key === " " && record) actions.toggleRow(record, event.shiftKey);
    else if (event.key === " ") enter(event);
    else if (control && event.key.toLowerCase() === "a") keys.onAll();
    else if (event.key === "Escape") keys.onClear();
    else return false;
    return true;
  };

  const fold = (event: KeyboardEvent): boolean => {
    if (item?.kind !== "group") return false;
    const wanted = { ArrowRight: false, ArrowLeft: true }[event.key];
    if (wanted === undefined || item.group.open !== wanted) return false;
    actions.toggleGroup(item.group.key);
    return true;
  };

  return (event) => {
    if (event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
    if (event.altKey && event.key === "ArrowDown" && active.row === HEADER_ROW && column) {
      event.preventDefault();
      return keys.onMenu(column.key);
    }
    if (event.altKey) return;
    if (fold(event)) return event.preventDefault();
    const size = { rows: items.length, columns: columns.length, page: keys.page };
    const to = moveBy(event.key, event.ctrlKey || event.metaKey, active, size);
    if (to) keys.onMove(to);
    else if (!act(event)) return;
    event.preventDefault();
  };
}
