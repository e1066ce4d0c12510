import type { Label } from "@/api";
import type { Signature } from "@/model/signature";
import type { InstanceJson, InstanceStep, Person } from "../types";

/** A line of an approval on paper. */
export interface ApprovalRow {
  readonly key: string;
  readonly node: Label | null;
  /** Who did it; null: nobody, it happened by itself. */
  readonly people: readonly Person[] | null;
  /** What was decided, in the words of the step; else what happened. */
  readonly decision: Label | null;
  readonly event: string;
  /** To whom or where it went. */
  readonly to: readonly (Label | string)[];
  readonly comment: string | null;
  readonly signature: Signature | null;
  readonly at: string | null;
  readonly seconds: number | null;
}

/** What people did; how the run got from step to step does not belong on paper. */
const TOLD: ReadonlySet<string> = new Set(["started", "decided", "returned", "reassigned", "added", "asked", "answered", "held", "skipped", "withdrawn", "cancelled", "moved"]);

function rowOf(step: InstanceStep): ApprovalRow {
  return {
    key: String(step.number),
    node: step.label,
    people: step.user ? [step.user] : null,
    decision: step.decision_label ?? null,
    event: step.event,
    to: [...(step.to ? [step.to] : []), ...(step.people ?? []).map(({ name }) => name)],
    comment: step.comment,
    signature: step.signature,
    at: step.at,
    seconds: step.duration_s ?? null,
  };
}

/** The lines of a run, oldest first; what it waits for stands at the end. */
export function approvalRows(instance: InstanceJson): readonly ApprovalRow[] {
  const done = instance.steps.filter(({ event }) => TOLD.has(event)).map(rowOf);
  const waiting = instance.nodes.filter(({ state }) => state === "current").map((node): ApprovalRow => ({
    key: `now-${node.key}`, node: node.label, people: node.people, decision: null, event: "waiting", to: [], comment: null, signature: null, at: null, seconds: null,
  }));
  return [...done, ...waiting];
}
