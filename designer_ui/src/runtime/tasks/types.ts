import type { Describe, Json, Label, RecordJson } from "@/api";
import type { Signature } from "@/model/signature";

export interface Person {
  readonly id: number;
  readonly name: string;
}

/** The four places in which one finds one's tasks. */
export const BOXES = ["todo", "done", "started", "copied"] as const;
export type Box = (typeof BOXES)[number];

export type CommentRule = "no" | "optional" | "required";

/** What this task may be decided with. */
export interface DecisionChoice {
  readonly key: string;
  readonly label: Label;
  readonly comment: CommentRule;
  readonly signature: CommentRule;
  /** Of "return": the nodes it may go back to, and how it goes on from there. */
  readonly to?: readonly { readonly key: string; readonly label: Label }[];
  readonly then?: readonly ("again" | "straight_back")[];
  /** Of "add_approver": where the added person stands. */
  readonly where?: readonly ("before" | "after" | "beside")[];
  /** Whether it may not name everybody. */
  readonly limited?: boolean;
}

export interface InstanceHead {
  readonly id: number;
  readonly workflow: string;
  readonly label: Label;
  readonly status: string;
  readonly status_label: Label;
}

export interface TaskRow {
  /** Null in the box of what one has started: there stands the workflow itself. */
  readonly id: number | null;
  readonly box: Box;
  readonly kind: string;
  readonly app: string;
  readonly form: string;
  readonly form_label: Label;
  /** Without an id where a new record waits for approval. */
  readonly record: { readonly id: number | null; readonly title: string };
  readonly instance: InstanceHead;
  readonly node: { readonly key: string; readonly label: Label } | null;
  readonly initiator: Person | null;
  readonly opened_at: string;
  readonly due_at: string | null;
  readonly decided_at: string | null;
  readonly decision: string | null;
  readonly decision_label: Label | null;
  readonly read: boolean;
  readonly waiting_for: readonly Person[];
  /** The decisions that it may be given together with others. */
  readonly batch: readonly string[];
  /** Those of them that need a signature. */
  readonly signed: readonly string[];
  /** Of a run that administrators look over: why it cannot go on. */
  readonly failure?: { readonly node: Label | null; readonly message: string; readonly at: string } | null;
}

/** One that can be opened and decided. */
export type OpenTask = TaskRow & { readonly id: number };

export interface TaskPageJson {
  readonly tasks: readonly TaskRow[];
  readonly next_cursor: string | null;
}

export interface Facets {
  readonly apps: readonly { readonly key: string; readonly label: Label }[];
  readonly workflows: readonly { readonly app: string; readonly key: string; readonly label: Label }[];
  readonly initiators: readonly Person[];
}

export type NodeState = "done" | "current" | "expected" | "skipped" | "future";

export interface InstanceNode {
  readonly key: string;
  readonly type: string;
  readonly label: Label;
  readonly state: NodeState;
  readonly people: readonly Person[];
  readonly entered_at: string | null;
  readonly left_at: string | null;
  readonly visits: number;
  readonly took_s: number | null;
}

export interface InstanceEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: Label | null;
  readonly taken?: boolean;
  readonly expected?: boolean;
}

export interface InstanceStep {
  readonly number: number;
  readonly node: string | null;
  readonly label: Label | null;
  readonly event: string;
  readonly at: string;
  readonly user: Person | null;
  readonly comment: string | null;
  readonly signature: Signature | null;
  readonly decision?: string | null;
  readonly decision_label?: Label | null;
  /** Why it happened by itself: "initiator", "earlier", "adjacent", "deadline", "nobody". */
  readonly rule?: string | null;
  readonly duration_s?: number | null;
  readonly people?: readonly Person[];
  readonly to?: Label | null;
}

/** Values that wait, or waited, for a run to end as approved. */
export interface ProposalJson {
  readonly new: boolean;
  readonly fields: readonly { readonly field: string; readonly before: Json; readonly after: Json; readonly conflict: boolean }[];
}

export interface InstanceJson extends InstanceHead {
  readonly app: string;
  readonly form: string;
  /** Without an id where a new record waits for approval. */
  readonly record: { readonly id: number | null; readonly title: string };
  readonly proposal: ProposalJson | null;
  readonly number: number;
  readonly initiator: Person | null;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly nodes: readonly InstanceNode[];
  readonly edges: readonly InstanceEdge[];
  readonly steps: readonly InstanceStep[];
  readonly tasks: readonly { readonly id: number; readonly node: string; readonly user: Person; readonly state: string; readonly opened_at: string; readonly due_at: string | null }[];
  readonly expected: readonly { readonly node: string; readonly label: Label; readonly people: readonly Person[] }[];
  readonly may: Readonly<Partial<Record<"withdraw" | "urge" | "cancel" | "move" | "reassign" | "retry" | "reactivate", boolean>>>;
}

export interface ChangedField {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
  readonly by: Person | null;
  readonly at: string;
}

export interface TaskJson {
  readonly task: OpenTask & { readonly state: string; readonly comment: string | null };
  readonly decisions: readonly DecisionChoice[];
  readonly record: RecordJson;
  readonly fields: { readonly readable: readonly string[]; readonly editable: readonly string[]; readonly required: readonly string[] };
  readonly describe: Describe;
  /** Whether it may be printed. */
  readonly print: boolean;
  readonly intro: Label | null;
  readonly changed: readonly ChangedField[];
  readonly workflow: InstanceJson;
  readonly next_task: number | null;
}

/** What is sent with a decision. */
export interface DecisionBody {
  readonly decision: string;
  readonly comment?: string | undefined;
  readonly values?: Readonly<Record<string, Json>> | undefined;
  readonly revision?: number | undefined;
  readonly to?: string | undefined;
  readonly then?: string | undefined;
  readonly user?: number | undefined;
  readonly users?: readonly number[] | undefined;
  readonly where?: string | undefined;
  readonly signature?: Signature | undefined;
}

export interface DecisionDone {
  readonly workflow: InstanceJson;
  readonly next_task: number | null;
}

export interface RecordWorkflow {
  readonly instances: readonly InstanceJson[];
  readonly startable: readonly { readonly workflow: string; readonly label: Label; readonly confirm: Label | null }[];
}
