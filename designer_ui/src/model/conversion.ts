/** What somebody chose in the dialog of a conversion, as a value. */
import type { ApiIssue, ConversionPreview, DuplicateMatch, RelationJson, TargetChoice, TargetPreview, Values } from "@/api";
import { sentValues } from "./draft";

/** The id of a record that is there already, a new one, or none. */
export type Choice = number | "new" | "skip";

export interface ConversionDraft {
  /** Typed for the record itself, and for new records by target. */
  readonly own: Values;
  readonly typed: Readonly<Record<string, Values>>;
  readonly chosen: Readonly<Record<string, Choice>>;
}

export const NEW_DRAFT: ConversionDraft = { own: {}, typed: {}, chosen: {} };

/** Records that may be used instead of a new one: those that agree, and probable ones of the same form. */
export function usable(target: TargetPreview): readonly RelationJson[] {
  const found = new Map(target.existing.map((record) => [record.id, record]));
  for (const { form, record } of target.matches) {
    if (record && form === target.form && !found.has(record.id)) found.set(record.id, record);
  }
  return [...found.values()];
}

/** What else is probably the same, but cannot be used: of another form, or out of sight. */
export function otherMatches(target: TargetPreview): readonly DuplicateMatch[] {
  return target.matches.filter(({ form, record }) => !record || form !== target.form);
}

/** What holds for a target: what was chosen while it can be, else what is there already, else a new record. */
export function choiceOf(draft: ConversionDraft, target: TargetPreview): Choice {
  const chosen = draft.chosen[target.key];
  const found = usable(target);
  if (typeof chosen === "number" ? found.some(({ id }) => id === chosen) : chosen !== undefined) return chosen as Choice;
  const [first] = target.existing;
  return first ? first.id : "new";
}

/** What is sent for each target; a new record that nobody typed anything for needs no word. */
export function choicesOf(draft: ConversionDraft, preview: ConversionPreview): Readonly<Record<string, TargetChoice>> {
  return Object.fromEntries(
    preview.targets.map((target): [string, TargetChoice] => {
      const choice = choiceOf(draft, target);
      if (choice === "skip") return [target.key, { skip: true }];
      return [target.key, choice === "new" ? { values: sentValues(draft.typed[target.key] ?? {}) } : { use: choice }];
    }),
  );
}

/** What is asked of a preview: everything that was typed. */
export function askedOf(draft: ConversionDraft): { readonly values: Values; readonly targets: Readonly<Record<string, TargetChoice>> } {
  return {
    values: sentValues(draft.own),
    targets: Object.fromEntries(Object.entries(draft.typed).map(([key, values]) => [key, { values: sentValues(values) }])),
  };
}

/** Where a problem belongs: "" and a field of the record itself, a target and its field, or no field at all. */
export function placeOf(issue: ApiIssue): string {
  const [, first = "", second = "", third = "", fourth = ""] = issue.path.split("/");
  if (first === "values") return `/${second}`;
  return first === "targets" && third === "values" ? `${second}/${fourth}` : "";
}

/** The first message at each place; what belongs to no field stands under "". */
export function messagesByPlace(issues: readonly ApiIssue[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const issue of issues) {
    const place = placeOf(issue);
    if (!found.has(place)) found.set(place, issue.message);
  }
  return found;
}

/** Whether the dialog shows the field that a problem belongs to. */
export function isShown(place: string, preview: ConversionPreview, draft: ConversionDraft): boolean {
  const [key = "", field = ""] = place.split("/");
  if (key === "") return preview.required.includes(field);
  const target = preview.targets.find((one) => one.key === key);
  return target !== undefined && choiceOf(draft, target) === "new" && target.fields.includes(field);
}
