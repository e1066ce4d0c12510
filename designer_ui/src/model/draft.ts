import type { ApiIssue, Describe, FieldInfo, Json, RecordJson, Values } from "@/api";
import { linesOver } from "./lines/conflict";
import { areEdited, copiedLines, sameLines, sameStored } from "./lines/values";

/** Values are compared by what they mean: a relation by its id, {id, name} by its id, lines of a subform by all they hold. */
export function sameValue(a: Json | undefined, b: Json | undefined, field?: FieldInfo): boolean {
  if (field?.type !== "subform") return JSON.stringify(essence(a)) === JSON.stringify(essence(b));
  return areEdited(b) ? sameLines(a, b, sameValue) : sameStored(a, b, sameValue);
}

function essence(value: Json | undefined): Json {
  if (value === undefined || value === null || value === "") return null;
  if (Array.isArray(value)) return value.length ? value.map(essence) : null;
  if (typeof value === "object") {
    const object = value as { readonly [key: string]: Json };
    if ("id" in object) return "form" in object ? `${String(object["form"])} ${String(object["id"])}` : (object["id"] ?? null);
    return Object.fromEntries(Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1)));
  }
  return value;
}

/**
 * What the API takes: people, departments, records and files by their ids, a record of one of several forms with its
 * form, of a line what was typed into it.
 */
export function sentValue(value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(sentValue);
  if (typeof value !== "object" || !("id" in value)) return value;
  const { id, form, typed } = value as { readonly id: Json; readonly form?: Json; readonly typed?: Values };
  if (typed !== undefined) return { ...(id === null ? {} : { id }), ...sentValues(typed) };
  return form === undefined ? id : { form, id };
}

export function sentValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, sentValue(value)]));
}

/** Touched values that really differ from the record as it was read. */
export function changedValues(base: Values, touched: Values, fields: Readonly<Record<string, FieldInfo>>): Values {
  return Object.fromEntries(Object.entries(touched).filter(([key, value]) => !sameValue(base[key], value, fields[key])));
}

/**
 * The first message of every field; messages for the record as a whole stand under "". What is about a line of a
 * subform is told there: for the subform it is an empty message.
 */
export function issuesByField(issues: readonly ApiIssue[], fields: Describe["fields"] = {}): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const issue of issues) {
    const [, first = "", inner] = issue.path.split("/");
    const key = first.replaceAll("~1", "/").replaceAll("~0", "~");
    const message = inner !== undefined && fields[key]?.type === "subform" ? "" : issue.message;
    if (!found.get(key)) found.set(key, message);
  }
  return found;
}

export interface ConflictRow {
  readonly field: string;
  readonly mine: Json;
  readonly theirs: Json;
}

export interface ConflictPlan {
  /** Both changed it, differently: somebody has to choose. */
  readonly choices: readonly ConflictRow[];
  /** Only the other person changed it: taken over. */
  readonly taken: readonly ConflictRow[];
}

/** Compares what I changed with what was saved meanwhile, field by field. */
export function planConflict(describe: Describe, base: RecordJson, mine: Values, current: RecordJson): ConflictPlan {
  const choices: ConflictRow[] = [];
  const taken: ConflictRow[] = [];
  for (const field of [...describe.order, "owner"]) {
    const theirs = current[field] ?? null;
    const info = describe.fields[field];
    const changedThere = !sameValue(base[field], theirs, info);
    const computed = info?.type === "formula";
    if (!changedThere || computed) continue;
    if (!(field in mine)) taken.push({ field, mine: base[field] ?? null, theirs });
    else if (!sameValue(theirs, mine[field], info)) choices.push({ field, mine: mine[field] ?? null, theirs });
  }
  return { choices, taken };
}

/** My values after choosing: where theirs was taken, mine is forgotten. */
export function settleConflict(mine: Values, choices: readonly ConflictRow[], keepMine: ReadonlySet<string>): Values {
  const dropped = new Set(choices.map((row) => row.field).filter((field) => !keepMine.has(field)));
  return Object.fromEntries(Object.entries(mine).filter(([field]) => !dropped.has(field)));
}

/** The same with my lines as a whole: what somebody changed or removed of them meanwhile is as I had it. */
export function withOwnLines(describe: Describe, base: RecordJson, mine: Values, current: RecordJson): Values {
  return Object.fromEntries(
    Object.entries(mine).map(([key, value]) => {
      const field = describe.fields[key];
      return [key, field?.type === "subform" ? linesOver(field, base[key], value, current[key], sameValue) : value];
    }),
  );
}

/** What a copy begins with, its lines as if somebody had typed them. */
export function copiedValues(describe: Describe, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const field = describe.fields[key];
      return [key, field?.type === "subform" ? copiedLines(field, value) : value];
    }),
  );
}
