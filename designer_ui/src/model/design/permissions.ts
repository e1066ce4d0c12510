/** The permission groups of a form: what each says, set part by part, and how two versions of them differ. */
import type { Label } from "@/api";
import { sameJson } from "./formulas";

export type Reach = "writable" | "readable" | "masked" | "hidden";

export interface Mask {
  readonly first?: number;
  readonly last?: number;
}

export interface Group {
  readonly label?: Partial<Label>;
  readonly roles: readonly string[];
  /** Kinds of external organisations whose people are in it. */
  readonly external?: readonly string[];
  readonly actions: readonly string[];
  readonly rows?: string;
  readonly department?: string;
  readonly hidden_fields?: readonly string[];
  readonly masked_fields?: Readonly<Record<string, Mask>>;
  readonly read_only_fields?: readonly string[];
  readonly writable_fields?: readonly string[];
  readonly other_fields?: Exclude<Reach, "masked">;
  readonly buttons?: readonly string[];
}

/** By key, in their order; null: the form is open to everybody. */
export type Groups = Readonly<Record<string, Group>> | null;

/** In the order in which people think of them. */
export const ACTIONS = ["view", "create", "edit", "batch", "delete", "restore", "import", "export", "print", "share", "comment"] as const;

/** Actions that come with another one as long as no group of the form names them. */
const COMES_WITH: Readonly<Record<string, string>> = { comment: "view", batch: "edit", print: "view", share: "edit" };
/** Who may do one of these to a record may see it, too. */
const ON_RECORDS = new Set(["edit", "batch", "delete", "restore", "export", "print", "share", "comment"]);

/** What a draft has at the place of groups, without what is none: a draft may be malformed anywhere. */
export function groupsIn(document: { readonly forms?: Readonly<Record<string, unknown>> } | undefined, form: string): Groups {
  const found = (document?.forms?.[form] as { permissions?: unknown } | undefined)?.permissions;
  if (typeof found !== "object" || found === null) return null;
  const groups = Object.entries(found).filter(([, group]) => typeof group === "object" && group !== null);
  return Object.fromEntries(groups.map(([key, group]) => [key, { ...(group as Group), roles: (group as Group).roles ?? [], actions: (group as Group).actions ?? [] }]));
}

export const otherFields = (group: Group): Exclude<Reach, "masked"> => group.other_fields ?? "writable";

/** How far a group reaches a field; `named` false: as for all other fields. */
export function reachOf(group: Group, field: string): { readonly reach: Reach; readonly named: boolean } {
  if (group.masked_fields?.[field]) return { reach: "masked", named: true };
  if (group.hidden_fields?.includes(field)) return { reach: "hidden", named: true };
  if (group.read_only_fields?.includes(field)) return { reach: "readable", named: true };
  if (group.writable_fields?.includes(field)) return { reach: "writable", named: true };
  return { reach: otherFields(group), named: false };
}

const LISTS = { hidden: "hidden_fields", readable: "read_only_fields", writable: "writable_fields" } as const;
export const MASK: Mask = { first: 3, last: 4 };

/** The group with another reach of a field; null: as for all other fields. */
export function withReach(group: Group, field: string, reach: Reach | null, mask: Mask = MASK): Group {
  const next: Record<string, unknown> = { ...group };
  for (const name of Object.values(LISTS)) {
    const kept = group[name]?.filter((one) => one !== field) ?? [];
    if (kept.length > 0) next[name] = kept;
    else delete next[name];
  }
  const masks = Object.fromEntries(Object.entries(group.masked_fields ?? {}).filter(([key]) => key !== field));
  if (reach === "masked") masks[field] = mask;
  if (Object.keys(masks).length > 0) next["masked_fields"] = masks;
  else delete next["masked_fields"];
  if (reach !== null && reach !== "masked") next[LISTS[reach]] = [...((next[LISTS[reach]] as string[] | undefined) ?? []), field];
  return next as unknown as Group;
}

/** The group with something left out where the value is what holds without it. */
export function withPart<Name extends keyof Group>(group: Group, name: Name, value: Group[Name] | undefined): Group {
  const next: Partial<Record<keyof Group, unknown>> = { ...group, [name]: value };
  if (value === undefined) delete next[name];
  return next as Group;
}

/** Whether a group gives an action; `implied`: because it comes with another one, or with seeing. */
export function gives(groups: NonNullable<Groups>, key: string, action: string): { readonly on: boolean; readonly implied: boolean } {
  const group = groups[key];
  if (!group) return { on: false, implied: false };
  if (group.actions.includes(action)) return { on: true, implied: false };
  if (action === "view") return { on: group.actions.some((one) => ON_RECORDS.has(one)), implied: true };
  const other = COMES_WITH[action];
  const implied = other !== undefined && !Object.values(groups).some(({ actions }) => actions.includes(action));
  return { on: implied && gives(groups, key, other).on, implied };
}

/** Gives or takes an action. One that came with another is named from then on, in all groups that had it. */
export function withAction(groups: NonNullable<Groups>, key: string, action: string, on: boolean): NonNullable<Groups> {
  const held = new Set(Object.keys(groups).filter((one) => (one === key ? on : gives(groups, one, action).on)));
  const named = (one: string): boolean => (gives(groups, one, action).implied && COMES_WITH[action] !== undefined ? held.has(one) : one === key ? on : groups[one]?.actions.includes(action) === true);
  return Object.fromEntries(
    Object.entries(groups).map(([one, group]) => {
      const rest = group.actions.filter((other) => other !== action);
      return [one, named(one) ? { ...group, actions: ACTIONS.filter((other) => other === action || rest.includes(other)) } : { ...group, actions: rest }];
    }),
  );
}

/** Whether an action would come back to everybody if this group gave it no more. */
export function isLastToName(groups: NonNullable<Groups>, key: string, action: string): boolean {
  if (COMES_WITH[action] === undefined || !gives(groups, key, action).on) return false;
  return !Object.keys(groups).some((one) => one !== key && gives(groups, one, action).on);
}

/** The group with the roles and kinds of external organisations that are in it. */
export const withPeople = (group: Group, roles: readonly string[], external: readonly string[]): Group => withPart({ ...group, roles }, "external", external.length > 0 ? external : undefined);

export const allowsButton = (group: Group, button: string): boolean => group.buttons?.includes(button) ?? true;

export function withButton(group: Group, all: readonly string[], button: string, on: boolean): Group {
  const kept = all.filter((one) => (one === button ? on : allowsButton(group, one)));
  return withPart(group, "buttons", kept.length === all.length ? undefined : kept);
}

export interface FieldFacts {
  readonly key: string;
  readonly label: Partial<Label> | null;
  readonly type: string | null;
  /** Whether anybody could fill it in. */
  readonly writable: boolean;
  readonly maskable: boolean;
}

/** Row scopes to choose from; `field` is the list of people that one looks at. */
export interface RowsChoice {
  readonly kind: "all" | "own" | "with" | "team" | "department" | "none";
  readonly rows: string;
  readonly field?: FieldFacts;
}

export function rowsChoices(fields: readonly FieldFacts[]): readonly RowsChoice[] {
  const people = fields.filter(({ type, key }) => type === "users" && !key.includes("."));
  return [
    { kind: "all", rows: "all" },
    { kind: "own", rows: "own" },
    ...people.map((field): RowsChoice => ({ kind: "with", rows: `OR({owner} = ME(), HAS({${field.key}}, ME()))`, field })),
    { kind: "team", rows: "OR({owner} = ME(), HAS(SUBORDINATES(), {owner}))" },
    { kind: "department", rows: "INDEPARTMENT({owner}, DEPARTMENT())" },
    { kind: "none", rows: "none" },
  ];
}

const WORDS = new Set(["all", "own", "none"]);
export const isCondition = (rows: string): boolean => !WORDS.has(rows);

/** The entries with one moved before or after its neighbour. */
export function moved<Value>(groups: Readonly<Record<string, Value>>, key: string, step: -1 | 1): Readonly<Record<string, Value>> {
  const entries = Object.entries(groups);
  const from = entries.findIndex(([one]) => one === key);
  const to = from + step;
  const [there, here] = [entries[to], entries[from]];
  if (!there || !here) return groups;
  entries[from] = there;
  entries[to] = here;
  return Object.fromEntries(entries);
}

export function keyForGroup(name: string, taken: readonly string[]): string {
  const base = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 36) || "group";
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}_${count}`;
    if (!taken.includes(key)) return key;
  }
}

/** One difference between two versions of a form's groups. */
export type GroupChange =
  | { readonly kind: "opened" | "closed" | "order" }
  | { readonly kind: "added" | "removed" | "renamed" | "department"; readonly group: string }
  | { readonly kind: "roles" | "external" | "actions" | "buttons"; readonly group: string; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: "rows"; readonly group: string; readonly before: string; readonly after: string }
  | { readonly kind: "others"; readonly group: string; readonly before: Reach; readonly after: Reach }
  | { readonly kind: "field"; readonly group: string; readonly field: string; readonly before: Reach; readonly after: Reach };

export function changesBetween(before: Groups, after: Groups, fields: readonly string[], buttons: readonly string[]): readonly GroupChange[] {
  if (before === null || after === null) {
    if (before === after) return [];
    return [{ kind: after === null ? "opened" : "closed" }, ...Object.keys(after ?? {}).map((group) => ({ kind: "added" as const, group }))];
  }
  const kept = Object.keys(after).filter((key) => before[key]);
  const stood = Object.keys(before).filter((key) => after[key]);
  return [
    ...Object.keys(after).filter((group) => !before[group]).map((group) => ({ kind: "added" as const, group })),
    ...Object.keys(before).filter((group) => !after[group]).map((group) => ({ kind: "removed" as const, group })),
    ...kept.flatMap((group) => changesOfGroup(group, before, after, fields, buttons)),
    ...(kept.join() === stood.join() ? [] : [{ kind: "order" as const }]),
  ];
}

function changesOfGroup(key: string, allBefore: NonNullable<Groups>, allAfter: NonNullable<Groups>, fields: readonly string[], buttons: readonly string[]): readonly GroupChange[] {
  const [before, after] = [allBefore[key], allAfter[key]];
  if (!before || !after) return [];
  const given = (groups: NonNullable<Groups>) => ACTIONS.filter((action) => gives(groups, key, action).on);
  const lists = [
    { kind: "roles" as const, ours: before.roles, theirs: after.roles },
    { kind: "external" as const, ours: before.external ?? [], theirs: after.external ?? [] },
    { kind: "actions" as const, ours: given(allBefore), theirs: given(allAfter) },
    { kind: "buttons" as const, ours: buttons.filter((one) => allowsButton(before, one)), theirs: buttons.filter((one) => allowsButton(after, one)) },
  ];
  const [rowsBefore, rowsAfter] = [before.rows ?? "all", after.rows ?? "all"];
  return [
    ...(sameJson(before.label ?? {}, after.label ?? {}) ? [] : [{ kind: "renamed" as const, group: key }]),
    ...lists
      .map(({ kind, ours, theirs }) => ({ kind, group: key, added: theirs.filter((one) => !ours.includes(one as never)), removed: ours.filter((one) => !theirs.includes(one as never)) }))
      .filter(({ added, removed }) => added.length + removed.length > 0),
    ...(rowsBefore === rowsAfter ? [] : [{ kind: "rows" as const, group: key, before: rowsBefore, after: rowsAfter }]),
    ...(before.department === after.department ? [] : [{ kind: "department" as const, group: key }]),
    ...(otherFields(before) === otherFields(after) ? [] : [{ kind: "others" as const, group: key, before: otherFields(before), after: otherFields(after) }]),
    ...fields
      .filter((field) => !sameReach(before, after, field) && (reachOf(before, field).named || reachOf(after, field).named))
      .map((field) => ({ kind: "field" as const, group: key, field, before: reachOf(before, field).reach, after: reachOf(after, field).reach })),
  ];
}

/** Whether a field is reached alike; of masks also how much they show. */
export function sameReach(before: Group, after: Group, field: string): boolean {
  return reachOf(before, field).reach === reachOf(after, field).reach && sameJson(before.masked_fields?.[field] ?? null, after.masked_fields?.[field] ?? null);
}
