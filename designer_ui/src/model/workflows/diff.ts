/** How two versions of a workflow differ, node by node. */
import { sameJson } from "../design/formulas";
import { edgesFrom, nodesOf } from "./graph";
import { withMember, type Workflow, type WorkflowNode } from "./types";

export type Change = "added" | "removed" | "changed";

export interface NodeChange {
  readonly key: string;
  readonly change: Change;
  /** What of it is different: "assignees", "next", ... */
  readonly parts: readonly string[];
}

export interface Difference {
  readonly nodes: readonly NodeChange[];
  /** What of the workflow itself is different. */
  readonly parts: readonly string[];
}

export function differences(old: Workflow | undefined, now: Workflow | undefined): Difference {
  const [before, after] = [nodesOf(old ?? {}), nodesOf(now ?? {})];
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return {
    nodes: keys.flatMap((key): NodeChange[] => {
      const [one, other] = [before[key], after[key]];
      if (!one) return [{ key, change: "added", parts: [] }];
      if (!other) return [{ key, change: "removed", parts: [] }];
      const parts = partsOf(one, other);
      return parts.length > 0 ? [{ key, change: "changed", parts }] : [];
    }),
    parts: partsOf(without(old ?? {}), without(now ?? {})),
  };
}

export const isSame = ({ nodes, parts }: Difference): boolean => nodes.length === 0 && parts.length === 0;

const without = (workflow: Workflow): object => withMember(workflow, "nodes", undefined);

function partsOf(one: object, other: object): readonly string[] {
  const [a, b] = [one, other] as Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => !sameInOrder(a?.[name], b?.[name]));
}

/** Of arms and starts the order counts, too. */
function sameInOrder(one: unknown, other: unknown): boolean {
  if (!sameJson(one, other)) return false;
  const keys = (value: unknown): string => (typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value).join() : "");
  return typeof one !== "object" || one === null || !Object.values(one).some((item) => typeof item === "object" && item !== null && "next" in item) || keys(one) === keys(other);
}

/** The workflow as it is with what was taken out still in it: to be drawn with both. */
export function together(old: Workflow | undefined, now: Workflow): Workflow {
  const removed = Object.entries(nodesOf(old ?? {})).filter(([key]) => nodesOf(now)[key] === undefined);
  return { ...now, nodes: { ...now.nodes, ...Object.fromEntries(removed.map(([key, node]) => [key, onlyKnown(node, { ...nodesOf(old ?? {}), ...nodesOf(now) })])) } };
}

function onlyKnown(node: WorkflowNode, nodes: Readonly<Record<string, WorkflowNode>>): WorkflowNode {
  return edgesFrom("", node).every(({ to }) => nodes[to] !== undefined) ? node : { ...node, next: "" };
}
