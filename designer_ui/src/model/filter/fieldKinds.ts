/** Which operators a field offers: by the family its type belongs to. */
import type { Operator } from "./types";

export type FieldFamily =
  | "text" | "number" | "date" | "datetime" | "time" | "choice" | "choices" | "boolean" | "person" | "people" | "record" | "records" | "presence";

const FAMILY_OF_TYPE: Readonly<Record<string, FieldFamily>> = {
  text: "text", long_text: "text", rich_text: "presence", email: "text", phone: "text", url: "text", autonumber: "text",
  number: "number", money: "number", percent: "number", rating: "number",
  date: "date", datetime: "datetime", time: "time",
  choice: "choice", multi_choice: "choices", boolean: "boolean",
  user: "person", users: "people", department: "record", departments: "people", organisation: "record", relation: "record", relations: "records",
};

const EMPTINESS: readonly Operator[] = ["blank", "not_blank"];
const ORDER: readonly Operator[] = ["is", "is_not", "more", "at_least", "less", "at_most", "between"];

const OPERATORS_OF_FAMILY: Readonly<Record<FieldFamily, readonly Operator[]>> = {
  text: ["contains", "not_contains", "is", "is_not", "starts_with", "ends_with", ...EMPTINESS],
  number: [...ORDER, ...EMPTINESS],
  date: ["period", "last_days", "next_days", "is", "less", "at_most", "more", "at_least", "between", ...EMPTINESS],
  datetime: ["period", "last_days", "next_days", "is", "less", "at_most", "more", "at_least", "between", ...EMPTINESS],
  time: ["is", "less", "more", ...EMPTINESS],
  choice: ["is", "is_not", "one_of", "none_of", ...EMPTINESS],
  choices: ["has", "has_not", ...EMPTINESS],
  boolean: ["true", "false"],
  person: ["is", "is_not", ...EMPTINESS],
  people: ["has", "has_not", ...EMPTINESS],
  record: ["is", "is_not", ...EMPTINESS],
  records: ["has", "has_not", ...EMPTINESS],
  presence: EMPTINESS,
};

export function familyOf(type: string): FieldFamily {
  return FAMILY_OF_TYPE[type] ?? "presence";
}

export function operatorsOf(type: string): readonly Operator[] {
  return OPERATORS_OF_FAMILY[familyOf(type)];
}

/** How many values an operator takes; `many` for one or more. */
export function valueCount(operator: Operator): 0 | 1 | 2 | "many" {
  if (["true", "false", "blank", "not_blank"].includes(operator)) return 0;
  if (operator === "between") return 2;
  return operator === "one_of" || operator === "none_of" ? "many" : 1;
}
