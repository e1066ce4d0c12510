/** Expression text to builder rows, or the reason why it stays text. */
import { familyOf } from "./fieldKinds";
import { readBounds } from "./readBounds";
import { readDayBefore, readOperand } from "./readOperand";
import { FilterSyntaxError } from "./tokens";
import { parseExpression, type Node } from "./tree";
import { condition, EMPTY_GROUP, type Condition, type FilterFields, type Group, type Operator } from "./types";

export type Reading =
  | { readonly kind: "rows"; readonly group: Group }
  /** A correct expression, as far as the browser can tell, that the builder has no rows for. */
  | { readonly kind: "text" }
  | { readonly kind: "broken"; readonly position: number };

/** Reads a filter. Text that is not builder-shaped is not an error: it is kept and edited as text. */
export function readFilter(text: string, fields: FilterFields): Reading {
  if (text.trim() === "") return { kind: "rows", group: EMPTY_GROUP };
  try {
    const item = readItem(parseExpression(text), fields);
    if (item === null) return { kind: "text" };
    const group: Group = item.kind === "group" ? item : { kind: "group", match: "all", items: [item] };
    return { kind: "rows", group };
  } catch (error) {
    if (error instanceof FilterSyntaxError) return { kind: "broken", position: error.position };
    throw error;
  }
}

function readItem(node: Node, fields: FilterFields): Condition | Group | null {
  const junction = readJunction(node);
  if (!junction) return readCondition(node, fields);
  const [match, parts] = junction;
  const bounds = match === "all" ? readBounds(parts, fields) : null;
  if (bounds) return bounds;
  const items = parts.map((part) => readItem(part, fields));
  if (items.length === 0 || items.includes(null)) return null;
  return { kind: "group", match, items: items as (Condition | Group)[] };
}

/** AND(...) and OR(...), or a chain of `&&` or `||` as one flat list. */
function readJunction(node: Node): readonly ["all" | "any", readonly Node[]] | null {
  if (node.kind === "call" && (node.name === "AND" || node.name === "OR")) return [node.name === "AND" ? "all" : "any", node.arguments];
  if (node.kind !== "operation" || (node.operator !== "&&" && node.operator !== "||")) return null;
  return [node.operator === "&&" ? "all" : "any", chain(node, node.operator)];
}

function chain(node: Node, operator: string): readonly Node[] {
  if (node.kind !== "operation" || node.operator !== operator) return [node];
  return [...chain(node.left, operator), ...chain(node.right, operator)];
}

const COMPARISONS: Readonly<Record<string, Operator>> = {
  "=": "is", "<>": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least",
};

const CALLS: Readonly<Record<string, readonly [Operator, Operator | null]>> = {
  CONTAINS: ["contains", "not_contains"],
  STARTSWITH: ["starts_with", null],
  ENDSWITH: ["ends_with", null],
  ISBLANK: ["blank", "not_blank"],
  IN: ["one_of", "none_of"],
  HAS: ["has", "has_not"],
};

function readCondition(node: Node, fields: FilterFields): Condition | null {
  if (node.kind === "field") return readTruth(node.path, "true", fields);
  if (node.kind === "operation") return readComparison(node, fields);
  if (node.kind !== "call") return null;
  if (node.name !== "NOT") return readCall(node, false, fields);
  const [inner] = node.arguments;
  if (!inner || node.arguments.length !== 1) return null;
  if (inner.kind === "field") return readTruth(inner.path, "false", fields);
  return inner.kind === "call" ? readCall(inner, true, fields) : null;
}

function readTruth(path: string, operator: Operator, fields: FilterFields): Condition | null {
  return fields[path]?.type === "boolean" ? condition(path, operator) : null;
}

function readCall(node: Node & { kind: "call" }, negated: boolean, fields: FilterFields): Condition | null {
  const operator = CALLS[node.name]?.[negated ? 1 : 0];
  const [subject, ...rest] = node.arguments;
  if (!operator || subject?.kind !== "field" || !fields[subject.path]) return null;
  const values = rest.map(readOperand);
  if (values.includes(null) || !hasRightCount(operator, values.length)) return null;
  return condition(subject.path, operator, ...(values as Exclude<(typeof values)[number], null>[]));
}

function hasRightCount(operator: Operator, count: number): boolean {
  if (operator === "blank" || operator === "not_blank") return count === 0;
  return operator === "one_of" || operator === "none_of" ? count > 0 : count === 1;
}

function readComparison(node: Node & { kind: "operation" }, fields: FilterFields): Condition | null {
  const operator = COMPARISONS[node.operator];
  if (node.left.kind === "call") return readCount(node.left, node, fields);
  if (!operator || node.left.kind !== "field") return null;
  const field = node.left.path;
  const type = fields[field]?.type;
  if (type === undefined) return null;
  const family = familyOf(type);
  if (family === "boolean") return readBooleanComparison(field, node);
  if (family === "date") {
    const period = readBounds([node], fields);
    if (period) return period;
  }
  if (family === "datetime") return readMomentComparison(field, operator, node.right);
  const value = readOperand(node.right);
  return value === null ? null : condition(field, operator, value);
}

/** `COUNTA({contacts}) = 0`: whether a relation to many is blank. */
function readCount(call: Node & { kind: "call" }, node: Node & { kind: "operation" }, fields: FilterFields): Condition | null {
  const [subject] = call.arguments;
  if (call.name !== "COUNTA" || call.arguments.length !== 1 || subject?.kind !== "field") return null;
  if (familyOf(fields[subject.path]?.type ?? "") !== "records" || readOperand(node.right) !== 0) return null;
  const operator = ({ "=": "blank", ">": "not_blank" } as const)[node.operator];
  return operator ? condition(subject.path, operator) : null;
}

function readBooleanComparison(field: string, node: Node & { kind: "operation" }): Condition | null {
  const { right } = node;
  if (right.kind !== "literal" || typeof right.value !== "boolean" || (node.operator !== "=" && node.operator !== "<>")) return null;
  return condition(field, right.value === (node.operator === "=") ? "true" : "false");
}

/** `< day + 1` means "on that day or before", `>= day + 1` "after that day"; see write.ts. */
function readMomentComparison(field: string, operator: Operator, right: Node): Condition | null {
  if (operator !== "less" && operator !== "at_least") return null;
  const before = readDayBefore(right);
  const shifted = before ? readOperand(before) : null;
  if (shifted !== null && typeof shifted === "object") return condition(field, operator === "less" ? "at_most" : "more", shifted);
  const value = readOperand(right);
  return value === null || typeof value === "number" ? null : condition(field, operator, value);
}
