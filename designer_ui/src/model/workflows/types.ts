/** Workflows as the definition of an app has them. A draft may lack anything, so everything may be missing. */
import type { Json, Label } from "@/api";
import type { Audience } from "../design/audience";

export type Words = Partial<Label>;

export interface Duration {
  readonly amount: number;
  readonly unit: "minutes" | "hours" | "days" | "working_hours" | "working_days";
}

export const UNITS = ["minutes", "hours", "days", "working_hours", "working_days"] as const;

export interface AssigneeRule {
  readonly by: string;
  readonly users?: readonly number[];
  readonly role?: string;
  readonly of?: string;
  readonly level?: number;
  readonly up_to?: { readonly level?: number; readonly role?: string };
  readonly field?: string;
  readonly node?: string;
  readonly part?: string;
  readonly expression?: string;
}

export interface Decision {
  readonly label?: Words;
  readonly comment?: "no" | "optional" | "required";
  readonly complete?: boolean;
  readonly signature?: "no" | "optional" | "required";
  readonly to?: readonly string[];
  readonly then?: string;
  readonly where?: readonly string[];
  /** Whom it may name: "everybody", "department", or those whom rules name. */
  readonly among?: "everybody" | "department" | readonly AssigneeRule[];
}

export interface Arm {
  readonly label?: Words;
  readonly when?: string;
  readonly next?: string;
}

export interface FieldRights {
  readonly editable?: readonly string[];
  readonly required?: readonly string[];
  readonly hidden?: readonly string[];
  readonly visible?: readonly string[];
  /** What holds for fields that are not named, added later too. */
  readonly others?: "own" | "hidden";
}

/** What happens once a deadline is over, or some time after it. */
export interface DueStep {
  readonly then?: string;
  /** Of "escalate": to whom; of "return": where to. */
  readonly to?: readonly AssigneeRule[];
  readonly back?: string;
}

/** By when a task is to be decided: a while after it came, or until a moment that the record says. */
export interface Due extends DueStep {
  readonly after?: Duration;
  readonly until?: string;
  readonly remind?: readonly { readonly before?: Duration; readonly after?: Duration }[];
  readonly later?: readonly (DueStep & { readonly after: Duration })[];
}

export interface WorkflowNode {
  readonly type: string;
  readonly label?: Words;
  readonly next?: string;
  readonly state?: string;
  readonly assignees?: readonly AssigneeRule[];
  readonly several?: { readonly rule: string; readonly share?: number; readonly in_turn?: boolean; readonly veto?: boolean };
  readonly nobody?: { readonly then: string; readonly users?: readonly number[] };
  readonly repeat?: { readonly initiator?: string; readonly earlier?: string };
  readonly decisions?: Readonly<Record<string, Decision | false>>;
  readonly rejected?: string;
  readonly fields?: FieldRights;
  readonly validations?: Readonly<Record<string, Words>>;
  readonly texts?: { readonly intro?: Words };
  readonly due?: Due;
  readonly batch?: boolean;
  readonly print?: boolean;
  readonly kind?: string;
  readonly branches?: Readonly<Record<string, Arm>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly list?: string;
  readonly relation?: string;
  readonly form?: string;
  readonly when?: string;
  readonly after?: Duration;
  readonly until?: string;
  readonly condition?: string;
  readonly at_most?: Duration;
  readonly timed_out?: string;
  readonly workflow?: string;
  readonly wait?: boolean;
  readonly result?: string;
  readonly everything?: boolean;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly json?: Json; readonly text?: string; readonly content_type?: string };
  readonly sign?: string;
  /** Places in the JSON that is answered, by field. */
  readonly answer?: Readonly<Record<string, string>>;
  readonly tries?: number;
  readonly timeout?: number;
  readonly failed?: string;
  readonly addresses?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly enough?: number;
}

export interface Start {
  readonly on: "create" | "change" | "button" | "schedule" | "automation";
  readonly fields?: readonly string[];
  readonly when?: string;
  readonly label?: Words;
  readonly roles?: readonly string[];
  readonly allowed_to?: Audience;
  readonly confirm?: Words;
  readonly save?: "at_once" | "when_approved";
  readonly every?: "day" | "week" | "month";
  readonly days?: readonly number[];
  readonly at?: string;
  readonly date?: { readonly field: string; readonly offset?: number };
}

export interface Scenario {
  readonly label?: Words;
  readonly record?: Readonly<Record<string, Json>>;
  readonly initiator?: { readonly role?: string; readonly user?: number };
  readonly decisions?: readonly {
    readonly node: string;
    readonly decision: string;
    readonly alone?: boolean;
    readonly to?: string;
    readonly then?: string;
    readonly people?: readonly { readonly role?: string; readonly user?: number }[];
    readonly where?: string;
    readonly values?: Readonly<Record<string, Json>>;
    readonly after?: Duration;
    readonly until?: string;
  }[];
  readonly expect?: { readonly path?: readonly string[]; readonly not?: readonly string[]; readonly status?: string; readonly at?: readonly string[] };
}

export interface Workflow {
  readonly label?: Words;
  readonly description?: Words;
  readonly icon?: string;
  readonly form?: string;
  readonly enabled?: boolean;
  readonly starts?: readonly Start[];
  readonly title?: string;
  readonly state?: { readonly field?: string } & Readonly<Record<string, string | undefined>>;
  readonly lock?: { readonly fields: "all" | readonly string[]; readonly except?: readonly string[] };
  readonly withdraw?: string;
  readonly first?: string;
  readonly nodes?: Readonly<Record<string, WorkflowNode>>;
  readonly tests?: Readonly<Record<string, Scenario>>;
}

/** Stands for the start, which is no node of the definition. */
export const START = "$start";

export const NODE_TYPES = ["approval", "fill_in", "copy", "branch", "join", "set_fields", "create_record", "update_records", "delay", "wait_for", "sub_workflow", "webhook", "message", "end"] as const;

/** Types at which people are asked. */
export const asks = (node: WorkflowNode | undefined): boolean => node?.type === "approval" || node?.type === "fill_in";

/** Whether several ways of a node may be gone at once. */
export const splits = (node: WorkflowNode | undefined): boolean => node?.type === "branch" && (node.kind === "parallel" || node.kind === "inclusive");

/** The object with a member set, or left out where it says nothing. */
export function withMember<Whole extends object, Name extends keyof Whole>(whole: Whole, name: Name, value: Whole[Name] | undefined): Whole {
  const next: Partial<Record<keyof Whole, unknown>> = { ...whole, [name]: value };
  if (value === undefined) delete next[name];
  return next as Whole;
}
