/** Syntax trees to the values a condition compares with. */
import type { Node } from "./tree";
import type { Operand } from "./types";

const isNumber = (node: Node | undefined): node is Node & { kind: "literal"; value: number } =>
  node?.kind === "literal" && typeof node.value === "number";

/** The operand a tree stands for, or null when the builder has no row for it. */
export function readOperand(node: Node | undefined): Operand | null {
  if (!node) return null;
  if (node.kind === "literal") return typeof node.value === "boolean" ? null : node.value;
  if (node.kind === "call" && node.name === "ME" && node.arguments.length === 0) return { me: true };
  if (node.kind === "call" && node.name === "DATE") return readDate(node.arguments);
  const days = readRelativeDay(node);
  return days === null ? null : { days };
}

/** `TODAY()`, `TODAY() - 7`, `TODAY() + 3` as days from today. */
export function readRelativeDay(node: Node): number | null {
  if (node.kind === "call") return node.name === "TODAY" && node.arguments.length === 0 ? 0 : null;
  if (node.kind !== "operation" || (node.operator !== "+" && node.operator !== "-")) return null;
  if (readRelativeDay(node.left) !== 0 || node.left.kind !== "call" || !isNumber(node.right)) return null;
  if (!Number.isInteger(node.right.value)) return null;
  return node.operator === "-" ? 0 - node.right.value : node.right.value;
}

function readDate(parts: readonly Node[]): Operand | null {
  if (parts.length !== 3 || !parts.every(isNumber)) return null;
  const [year = 0, month = 0, day = 0] = parts.map((part) => part.value);
  const date = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
  return exists ? { date } : null;
}

/** Drops the `+ 1` of "before the next day"; null when the tree does not end in one. */
export function readDayBefore(node: Node): Node | null {
  if (node.kind !== "operation" || node.operator !== "+" || !isNumber(node.right) || node.right.value !== 1) return null;
  return node.left;
}

/** A tree as text in one spelling, to compare bounds with those of the named periods. */
export function spell(node: Node): string {
  if (node.kind === "literal") return typeof node.value === "string" ? JSON.stringify(node.value) : String(node.value).toUpperCase();
  if (node.kind === "field") return `{${node.path}}`;
  if (node.kind === "call") return `${node.name}(${node.arguments.map(spell).join(", ")})`;
  return `${spell(node.left)} ${node.operator} ${spell(node.right)}`;
}
