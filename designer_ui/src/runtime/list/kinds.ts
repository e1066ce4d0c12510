/** Ways to show a form's records, and which of them they can be shown in. */
import type { Describe, FieldInfo } from "@/api";
import { VIEW_KINDS, type ListState, type ViewKind } from "@/model/view";
import { fieldOrder, fieldsOf, valueType } from "./fields";

type Test = (field: FieldInfo) => boolean;

const isDate: Test = (field) => ["date", "datetime"].includes(valueType(field));

export const dateFields = (describe: Describe): readonly string[] => keysOf(describe, isDate);
export const choiceFields = (describe: Describe): readonly string[] => keysOf(describe, (field) => field.type === "choice");
export const badgeFields = (describe: Describe): readonly string[] => keysOf(describe, (field) => ["choice", "multi_choice"].includes(field.type));
export const imageFields = (describe: Describe): readonly string[] => keysOf(describe, (field) => field.type === "image");

function keysOf(describe: Describe, test: Test): readonly string[] {
  const fields = fieldsOf(describe);
  return fieldOrder(describe).filter((key) => fields[key] && test(fields[key]));
}

/** The kinds that this form's records can be shown in by this reader; a tree is for callers of the API so far. */
export function possibleKinds(describe: Describe): readonly ViewKind[] {
  const lacking = new Set<ViewKind>(["tree"]);
  if (choiceFields(describe).length === 0) lacking.add("kanban");
  if (dateFields(describe).length === 0) lacking.add("calendar");
  return VIEW_KINDS.filter((kind) => !lacking.has(kind));
}

/** What the view stands on in this kind is there and may be read. */
export function settingsHold(describe: Describe, state: ListState): boolean {
  const fields = fieldsOf(describe);
  if (state.kind === "calendar") {
    const start = fields[state.calendar?.start ?? ""];
    return start !== undefined && isDate(start);
  }
  return state.kind !== "tree";
}
