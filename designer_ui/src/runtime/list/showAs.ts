/** Sensible settings to begin with when a list is shown in another way. */
import type { Describe } from "@/api";
import type { KindSettings, ListChange, ListState, ViewKind } from "@/model/view";
import { editableInList, fieldsOf, valueType, visibleColumns } from "./fields";
import { badgeFields, choiceFields, dateFields, imageFields, treeFields } from "./kinds";

/** The change that shows a list in another way: filter, search and sort stay, settings that are missing are chosen. */
export function showAs(describe: Describe, state: ListState, kind: ViewKind): ListChange {
  return { kind, ...usualSettings(describe, state, kind) };
}

function usualSettings(describe: Describe, state: ListState, kind: ViewKind): Partial<KindSettings> {
  const card = visibleColumns(state.columns, fieldsOf(describe)).slice(0, 4);
  if (kind === "kanban" && state.board === null) {
    const [by] = choiceFields(describe);
    return by === undefined ? {} : { board: { by, card, measure: null } };
  }
  if (kind === "calendar" && state.calendar === null) {
    const start = usualStart(describe, state);
    return start === undefined ? {} : { calendar: { start, end: endFor(describe, start), title: null, mode: "month" } };
  }
  if (kind === "gallery" && state.gallery === null) return { gallery: usualGallery(describe) };
  if (kind === "tree" && state.tree === null) {
    const [parent] = treeFields(describe);
    return parent === undefined ? {} : { tree: { parent } };
  }
  return {};
}

export function usualGallery(describe: Describe): KindSettings["gallery"] {
  return { cover: imageFields(describe)[0] ?? null, fit: "fill", title: null, size: "medium", fields: [], badges: badgeFields(describe).slice(0, 2) };
}

/** The date that the list is sorted by or shows; rather one that can be moved than one that is computed. */
function usualStart(describe: Describe, state: ListState): string | undefined {
  const dates = dateFields(describe);
  const wanted = [...state.sort.map((key) => key.field), ...state.columns].filter((key) => dates.includes(key));
  return [...wanted, ...dates].find((key) => editableInList(describe, key)) ?? wanted[0] ?? dates[0];
}

const BEGINS = /(^|_)(start|begin|begins|from|first)(_|$)/;
const ENDS = /(^|_)(end|ends|to|until|last)(_|$)/;

/** The field at which something ends that begins at another: recognised by their keys. */
function endFor(describe: Describe, start: string): string | null {
  const fields = fieldsOf(describe);
  if (!BEGINS.test(start)) return null;
  const kind = valueType(fields[start]);
  const stem = start.replace(BEGINS, "");
  const found = dateFields(describe).filter((key) => key !== start && ENDS.test(key) && valueType(fields[key]) === kind);
  return found.find((key) => key.replace(ENDS, "") === stem) ?? found[0] ?? null;
}
