/** Two bounds on one field as one row: between, a named period, the last or next days. */
import { familyOf } from "./fieldKinds";
import { periodBounds, PERIODS } from "./periods";
import { readDayBefore, readOperand, readRelativeDay, spell } from "./readOperand";
import { parseExpression, type Node } from "./tree";
import { condition, isRelative, type Condition, type FilterFields } from "./types";

interface Bounds {
  readonly field: string;
  /** Both inclusive, in days for dates and moments. */
  readonly first: Node;
  readonly last: Node;
}

const PERIOD_OF_BOUNDS: ReadonlyMap<string, string> = new Map(
  PERIODS.map((period) => [periodBounds(period).map((bound) => spell(parseExpression(bound))).join(" .. "), period]),
);

/** Reads `field = day` or `field >= first` with `field <= last`; null when it is neither. */
export function readBounds(parts: readonly Node[], fields: FilterFields): Condition | null {
  const bounds = parts.length === 1 ? singleDay(parts[0]) : pairOf(parts, fields);
  if (!bounds) return null;
  const { field, first, last } = bounds;
  const period = PERIOD_OF_BOUNDS.get(`${spell(first)} .. ${spell(last)}`);
  if (period) return condition(field, "period", period);
  return parts.length === 1 ? null : readStretch(bounds, familyOf(fields[field]?.type ?? ""));
}

function readStretch({ field, first, last }: Bounds, family: string): Condition | null {
  const from = readOperand(first);
  const to = readOperand(last);
  if (from === null || to === null) return null;
  if (isRelative(from) && isRelative(to)) {
    if (to.days === 0 && from.days < 0) return condition(field, "last_days", -from.days);
    if (from.days === 0 && to.days > 0) return condition(field, "next_days", to.days);
  }
  if (family === "datetime" && spell(first) === spell(last)) return condition(field, "is", from);
  return condition(field, "between", from, to);
}

function singleDay(node: Node | undefined): Bounds | null {
  if (node?.kind !== "operation" || node.operator !== "=" || node.left.kind !== "field") return null;
  return { field: node.left.path, first: node.right, last: node.right };
}

function pairOf(parts: readonly Node[], fields: FilterFields): Bounds | null {
  const [low, high] = parts;
  if (parts.length !== 2 || low?.kind !== "operation" || high?.kind !== "operation") return null;
  if (low.left.kind !== "field" || high.left.kind !== "field" || low.left.path !== high.left.path) return null;
  const field = low.left.path;
  const family = familyOf(fields[field]?.type ?? "");
  if (low.operator !== ">=" || !["date", "datetime", "number"].includes(family)) return null;
  const last = family === "datetime" ? lastDay(high) : high.operator === "<=" ? high.right : null;
  return last && { field, first: low.right, last };
}

/** The last day that `< day + 1` covers. */
function lastDay(high: Node & { kind: "operation" }): Node | null {
  if (high.operator !== "<") return null;
  const days = readRelativeDay(high.right);
  if (days === null) return readDayBefore(high.right);
  return relativeDay(days - 1);
}

function relativeDay(days: number): Node {
  const today: Node = { kind: "call", name: "TODAY", arguments: [] };
  if (days === 0) return today;
  return { kind: "operation", operator: days < 0 ? "-" : "+", left: today, right: { kind: "literal", value: Math.abs(days) } };
}
