/** Builder rows to expression text. */
import { familyOf } from "./fieldKinds";
import { isPeriod, periodBounds, writeDay } from "./periods";
import { isExactDay, isMe, isRelative, type Condition, type FilterFields, type Group, type Operand } from "./types";

/** The expression text of a group; "" when it holds no finished condition. */
export function writeFilter(group: Group, fields: FilterFields): string {
  return writeGroup(group, fields);
}

function writeGroup(group: Group, fields: FilterFields): string {
  const parts = group.items
    .map((item) => (item.kind === "group" ? writeGroup(item, fields) : writeCondition(item, fields)))
    .filter((part) => part !== "");
  if (parts.length < 2) return parts[0] ?? "";
  return `${group.match === "all" ? "AND" : "OR"}(${parts.join(", ")})`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  is: "=", is_not: "<>", less: "<", at_most: "<=", more: ">", at_least: ">=",
};

const CALLS: Readonly<Record<string, (field: string, values: string) => string>> = {
  contains: (field, values) => `CONTAINS(${field}, ${values})`,
  not_contains: (field, values) => `NOT(CONTAINS(${field}, ${values}))`,
  starts_with: (field, values) => `STARTSWITH(${field}, ${values})`,
  ends_with: (field, values) => `ENDSWITH(${field}, ${values})`,
  one_of: (field, values) => `IN(${field}, ${values})`,
  none_of: (field, values) => `NOT(IN(${field}, ${values}))`,
  has: (field, values) => `HAS(${field}, ${values})`,
  has_not: (field, values) => `NOT(HAS(${field}, ${values}))`,
};

const STATES: Readonly<Record<string, (field: string) => string>> = {
  true: (field) => field,
  false: (field) => `NOT(${field})`,
  blank: (field) => `ISBLANK(${field})`,
  not_blank: (field) => `NOT(ISBLANK(${field}))`,
};

/** A relation to many is a list of records: whether it is blank is asked of each of them. */
const STATES_OF_RECORDS: Readonly<Record<string, (field: string) => string>> = {
  blank: (field) => `COUNTA(${field}) = 0`,
  not_blank: (field) => `COUNTA(${field}) > 0`,
};

/** One condition; "" while its value is still missing. */
export function writeCondition(condition: Condition, fields: FilterFields): string {
  const { operator, values } = condition;
  const field = `{${condition.field}}`;
  const family = familyOf(fields[condition.field]?.type ?? "");
  const state = (family === "records" ? STATES_OF_RECORDS[operator] : undefined) ?? STATES[operator];
  if (state) return state(field);
  if (values.length === 0 || values.some(isUnfinished)) return "";
  const moment = family === "datetime";
  const bounds = boundsOf(condition);
  if (bounds) return writeBounds(field, bounds, moment);
  const call = CALLS[operator];
  if (call) return call(field, values.map(writeOperand).join(", "));
  return writeComparison(field, operator, values[0] as Operand, moment);
}

function isUnfinished(value: Operand): boolean {
  return value === "" || (isExactDay(value) && value.date === "") || (isRelative(value) && !Number.isInteger(value.days));
}

/** The two ends of an operator that covers a stretch, both inclusive. */
function boundsOf({ operator, values }: Condition): readonly [string, string] | null {
  const [first, second] = values;
  if (operator === "between") return first !== undefined && second !== undefined ? [writeOperand(first), writeOperand(second)] : null;
  if (operator === "period" && isPeriod(first)) return periodBounds(first);
  if (operator === "last_days" && typeof first === "number") return [writeDay(-first), writeDay(0)];
  if (operator === "next_days" && typeof first === "number") return [writeDay(0), writeDay(first)];
  return null;
}

/** A moment lies on a day when it is at or after its start and before the next day's. */
function writeBounds(field: string, [first, last]: readonly [string, string], moment: boolean): string {
  if (moment) return `AND(${field} >= ${first}, ${field} < ${dayAfter(last)})`;
  if (first === last) return `${field} = ${first}`;
  return `AND(${field} >= ${first}, ${field} <= ${last})`;
}

function writeComparison(field: string, operator: string, value: Operand, moment: boolean): string {
  const written = writeOperand(value);
  if (moment && operator === "is") return writeBounds(field, [written, written], true);
  if (moment && operator === "at_most") return `${field} < ${written} + 1`;
  if (moment && operator === "more") return `${field} >= ${written} + 1`;
  return `${field} ${COMPARISONS[operator] ?? "="} ${written}`;
}

const TODAY_AND = /^TODAY\(\)(?: ([+-]) (\d+))?$/;

function dayAfter(day: string): string {
  const relative = TODAY_AND.exec(day);
  if (!relative) return `${day} + 1`;
  return writeDay(Number(`${relative[1] ?? "+"}${relative[2] ?? 0}`) + 1);
}

export function writeOperand(value: Operand): string {
  if (isMe(value)) return "ME()";
  if (isRelative(value)) return writeDay(value.days);
  if (isExactDay(value)) return writeDate(value.date);
  return typeof value === "number" ? String(value) : writeText(value);
}

function writeDate(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return `DATE(${year}, ${month}, ${day})`;
}

export function writeText(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '""').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}
