/** Changes of builder rows, as new values. */
import { isPeriod } from "./periods";
import { familyOf, operatorsOf, valueCount } from "./fieldKinds";
import { condition, type Condition, type FilterFields, type Group, type Operand, type Operator } from "./types";

type Item = Condition | Group;

export function countConditions(group: Group): number {
  return group.items.reduce((sum, item) => sum + (item.kind === "group" ? countConditions(item) : 1), 0);
}

export function replaceItem(group: Group, index: number, item: Item): Group {
  return { ...group, items: group.items.map((old, at) => (at === index ? item : old)) };
}

export function removeItem(group: Group, index: number): Group {
  return { ...group, items: group.items.filter((_, at) => at !== index) };
}

/** A new row on a field, with the operator people most likely want. */
export function startCondition(field: string, fields: FilterFields): Condition {
  const [operator = "not_blank"] = operatorsOf(fields[field]?.type ?? "");
  return condition(field, operator, ...startValues(operator, familyOf(fields[field]?.type ?? "")));
}

/** The row moved to another field: operator and values stay when they mean the same there. */
export function withField(row: Condition, field: string, fields: FilterFields): Condition {
  const [before, after] = [fields[row.field]?.type ?? "", fields[field]?.type ?? ""];
  const family = familyOf(after);
  const keeps = family === familyOf(before) && !["choice", "choices", "record"].includes(family);
  return keeps ? { ...row, field } : startCondition(field, fields);
}

/** The row with another operator: values stay when the new operator can use them. */
export function withOperator(row: Condition, operator: Operator, fields: FilterFields): Condition {
  const family = familyOf(fields[row.field]?.type ?? "");
  const count = valueCount(operator);
  if (count === 0) return condition(row.field, operator);
  const usable = row.values.filter((value) => fits(value, operator));
  const start = startValues(operator, family);
  const values = count === "many" ? usable : start.map((value, index) => usable[index] ?? value);
  return condition(row.field, operator, ...values);
}

const COUNTED_DAYS: readonly Operator[] = ["last_days", "next_days"];

function fits(value: Operand, operator: Operator): boolean {
  if (operator === "period") return isPeriod(value);
  if (COUNTED_DAYS.includes(operator)) return typeof value === "number";
  return !isPeriod(value);
}

/** What a fresh row compares with; "" stands for "not chosen yet". */
function startValues(operator: Operator, family: string): readonly Operand[] {
  if (operator === "period") return ["this_month"];
  if (COUNTED_DAYS.includes(operator)) return [7];
  const blank: Operand = family === "date" || family === "datetime" ? { days: 0 } : "";
  const count = valueCount(operator);
  return count === "many" || count === 0 ? [] : Array.from({ length: count }, () => blank);
}
