/** Quick filters: one short text per field, which stands in the address and in views, as conditions. */
import { condition, familyOf, isPeriod, joinFilters, PERIODS, writeCondition, writeOperand, writeText, type FilterFields } from "../filter";

/** What is chosen, by field; fields without a choice are missing. */
export type QuickChoices = Readonly<Record<string, string>>;

export const EMPTY_CHOICE = "empty";
export const ME_CHOICE = "me";
export const OVERDUE_CHOICE = "overdue";

/** What is offered of dates and moments: the named periods, stretches of days, what is late and what is blank. */
export const DATE_CHOICES = [
  ...PERIODS, "last_7", "last_30", "last_90", "next_7", "next_30", "overdue", "empty",
] as const;

const STRETCH = /^(last|next)_(\d{1,4})$/;
const BETWEEN = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/;

export const choicesOf = (text: string): readonly string[] => text.split(",").filter((part) => part !== "");

/** The condition of one choice; "" for what is no choice of such a field. */
export function quickCondition(field: string, text: string, fields: FilterFields): string {
  const type = fields[field]?.type;
  if (type === undefined) return "";
  const family = familyOf(type);
  if (family === "date" || family === "datetime") return dateCondition(field, text, fields);
  if (family === "boolean") return text === "true" ? `{${field}}` : text === "false" ? `NOT({${field}})` : "";
  const several = family === "choices" || family === "people";
  const parts = choicesOf(text).flatMap((choice) => {
    if (choice === EMPTY_CHOICE) return [`ISBLANK({${field}})`];
    const operand = operandOf(choice, family);
    if (operand === null) return [];
    return [several ? `HAS({${field}}, ${operand})` : `{${field}} = ${operand}`];
  });
  return parts.length < 2 ? (parts[0] ?? "") : `OR(${parts.join(", ")})`;
}

function operandOf(choice: string, family: string): string | null {
  if (family === "choice" || family === "choices") return writeText(choice);
  if (choice === ME_CHOICE && (family === "person" || family === "people")) return "ME()";
  return /^\d{1,18}$/.test(choice) ? writeOperand(Number(choice)) : null;
}

function dateCondition(field: string, text: string, fields: FilterFields): string {
  if (text === EMPTY_CHOICE) return `ISBLANK({${field}})`;
  // A moment is overdue when its day has passed, as a date is.
  if (text === OVERDUE_CHOICE) return `{${field}} < TODAY()`;
  if (isPeriod(text)) return writeCondition(condition(field, "period", text), fields);
  const stretch = STRETCH.exec(text);
  if (stretch) return writeCondition(condition(field, stretch[1] === "last" ? "last_days" : "next_days", Number(stretch[2])), fields);
  const between = BETWEEN.exec(text);
  if (!between) return "";
  const [, first, last] = between;
  return joinFilters(
    first ? writeCondition(condition(field, "at_least", { date: first }), fields) : "",
    last ? writeCondition(condition(field, "at_most", { date: last }), fields) : "",
  );
}

/** The conditions of all choices together; "" when nothing is chosen. */
export function quickFilter(choices: QuickChoices, fields: FilterFields): string {
  return joinFilters(...Object.entries(choices).map(([field, text]) => quickCondition(field, text, fields)));
}
