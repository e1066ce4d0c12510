/** What the filter builder edits: nested groups of conditions. The stored form is always expression text. */

/** A day counted from today, in days: -7 is a week ago, 0 is today. */
export interface RelativeDay {
  readonly days: number;
}

/** An absolute day, `yyyy-mm-dd`. */
export interface ExactDay {
  readonly date: string;
}

/** The person who looks at the list. */
export interface Me {
  readonly me: true;
}

export type Operand = string | number | RelativeDay | ExactDay | Me;

export const OPERATORS = [
  "is", "is_not", "less", "at_most", "more", "at_least", "between",
  "contains", "not_contains", "starts_with", "ends_with",
  "one_of", "none_of", "has", "has_not",
  "true", "false", "blank", "not_blank",
  "period", "last_days", "next_days",
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  readonly kind: "condition";
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly Operand[];
}

export interface Group {
  readonly kind: "group";
  readonly match: "all" | "any";
  readonly items: readonly (Condition | Group)[];
}

/** What the builder has to know of a field: its type name; for a formula the type of its result. */
export interface FilterField {
  readonly type: string;
}

export type FilterFields = Readonly<Record<string, FilterField>>;

export const EMPTY_GROUP: Group = { kind: "group", match: "all", items: [] };

export function condition(field: string, operator: Operator, ...values: Operand[]): Condition {
  return { kind: "condition", field, operator, values };
}

export const isRelative = (value: Operand | undefined): value is RelativeDay =>
  typeof value === "object" && "days" in value;
export const isExactDay = (value: Operand | undefined): value is ExactDay =>
  typeof value === "object" && "date" in value;
export const isMe = (value: Operand | undefined): value is Me => typeof value === "object" && "me" in value;
