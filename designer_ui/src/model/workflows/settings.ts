/** What nodes say about decisions and fields, with what holds where they say nothing. */
import { withMember, type Decision, type FieldRights, type WorkflowNode } from "./types";

export const DECISIONS: Readonly<Record<string, readonly string[]>> = {
  approval: ["approve", "reject", "return", "reassign", "add_approver", "ask", "hold"],
  fill_in: ["submit", "return", "reassign", "ask", "hold"],
};

/** Decisions without which nobody could go on. */
export const isNeeded = (decision: string): boolean => decision === "approve" || decision === "submit";

/** Whether a decision is offered; holding is only where that is said. */
export function offers(node: WorkflowNode, decision: string): boolean {
  const said = node.decisions?.[decision];
  return said === undefined ? decision !== "hold" : said !== false;
}

export const decisionOf = (node: WorkflowNode, decision: string): Decision => node.decisions?.[decision] || {};

/** Decisions that others must understand, unless the node says otherwise. */
const EXPLAINED = new Set(["reject", "return", "ask", "hold"]);

export const commentOf = (node: WorkflowNode, decision: string): string => decisionOf(node, decision).comment ?? (EXPLAINED.has(decision) ? "required" : "optional");

/** Decisions that may be signed. */
const SIGNED = new Set(["approve", "reject", "return", "submit"]);

export const maySign = (decision: string): boolean => SIGNED.has(decision);

export function withDecision(node: WorkflowNode, decision: string, value: Decision | false | undefined): WorkflowNode {
  const rest = Object.fromEntries(Object.entries(node.decisions ?? {}).filter(([key]) => key !== decision));
  const usual = value !== undefined && value !== false && Object.keys(value).length === 0 && decision !== "hold";
  const next = value === undefined || usual ? rest : { ...rest, [decision]: value };
  return withMember(node, "decisions", Object.keys(next).length > 0 ? next : undefined);
}

export const withOffer = (node: WorkflowNode, decision: string, on: boolean): WorkflowNode => withDecision(node, decision, on ? (decision === "hold" ? {} : undefined) : decision === "hold" ? undefined : false);

export type Right = "default" | "visible" | "editable" | "required" | "hidden";

export function rightOf(fields: FieldRights | undefined, field: string): Right {
  for (const right of ["hidden", "required", "editable", "visible"] as const) if (fields?.[right]?.includes(field)) return right;
  return "default";
}

/** What must be filled in may be. */
const LISTS: Readonly<Record<Right, readonly (keyof FieldRights)[]>> = { default: [], visible: ["visible"], editable: ["editable"], required: ["editable", "required"], hidden: ["hidden"] };

export function withRight(fields: FieldRights | undefined, field: string, right: Right): FieldRights | undefined {
  let next: FieldRights = fields ?? {};
  for (const list of ["editable", "required", "hidden", "visible"] as const) {
    const rest = (next[list] ?? []).filter((one) => one !== field);
    const own = LISTS[right].includes(list) ? [...rest, field] : rest;
    next = withMember(next, list, own.length > 0 ? own : undefined);
  }
  return Object.keys(next).length > 0 ? next : undefined;
}

/** Fields that nobody fills in. */
export const isComputed = (type: string): boolean => type === "formula" || type === "autonumber";
