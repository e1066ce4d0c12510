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
/** Relations to the form itself that are declared as trees. */
export const treeFields = (describe: Describe): readonly string[] =>
  keysOf(describe, (field) => field.type === "relation" && field.settings?.["tree"] === true && (field.settings["form"] ?? describe.key) === describe.key);

function keysOf(describe: Describe, test: Test): readonly string[] {
  const fields = fieldsOf(describe);
  return fieldOrder(describe).filter((key) => fields[key] && test(fields[key]));
}

/** The kinds that this form's records can be shown in by this reader. */
export function possibleKinds(describe: Describe): readonly ViewKind[] {
  const lacking = new Set<ViewKind>();
  if (choiceFields(describe).length === 0) lacking.add("kanban");
  if (dateFields(describe).length === 0) lacking.add("calendar");
  if (treeFields(describe).length === 0) lacking.add("tree");
  return VIEW_KINDS.filter((kind) => !lacking.has(kind));
}

/** What the view stands on in this kind is there and may be read. */
export function settingsHold(describe: Describe, state: ListState): boolean {
  const fields = fieldsOf(describe);
  if (state.kind === "calendar") {
    const start = fields[state.calendar?.start ?? ""];
    return start !== undefined && isDate(start);
  }
  return state.kind !== "tree" || treeFields(describe).includes(state.tree?.parent ?? "");
}
