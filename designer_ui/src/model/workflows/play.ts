/** A workflow that is played through in imagination: what is asked of the server, and what its answer means for the drawing. */
import type { Json, Label } from "@/api";
import { edgesOf, nodesOf } from "./graph";
import { START, withMember, type Duration, type Scenario, type Workflow } from "./types";

/** The one word for the start in what is decided; nodes are not called so. */
export const RETURNED = "start";

export interface Move {
  readonly node: string;
  readonly decision: string;
  readonly user?: number;
  readonly to?: string;
  readonly then?: string;
  /** Whom it is given to, who is added or asked. */
  readonly users?: readonly number[];
  readonly where?: string;
  /** Of waiting: until the next thing that happens by itself, or until the deadline. */
  readonly until?: "due";
  readonly values?: Readonly<Record<string, Json>>;
  readonly after?: Duration;
}

export interface Named {
  readonly id: number;
  readonly name: string;
}

export interface PlayedStep {
  readonly number: number;
  readonly node: string | null;
  readonly label: Label;
  readonly from: string | null;
  readonly event: string;
  readonly at: string;
  readonly user: Named | null;
  readonly people: readonly Named[];
  readonly decision: string | null;
  readonly decision_label: Label | null;
  readonly signed?: boolean;
  readonly to: Label | null;
}

export interface PlayedDecision {
  readonly key: string;
  readonly label: Label;
  readonly to: readonly { readonly key: string; readonly label: Label }[];
  readonly then: readonly string[];
  readonly where: readonly string[];
}

export interface PlayedTask {
  readonly node: string;
  readonly label: Label;
  readonly user: Named | null;
  readonly for_user: Named | null;
  readonly kind: string;
  readonly state: string;
  readonly added_by: Named | null;
  readonly due_at: string | null;
  readonly decisions: readonly PlayedDecision[];
}

export interface PlayedEffect {
  readonly kind: "set_fields" | "create_record" | "update_records" | "start_children" | "call_webhook" | "send_message" | "notify";
  readonly node: string | null;
  readonly label: Label | null;
  readonly step: number;
  readonly values: readonly { readonly key: string; readonly label: Label; readonly text: string }[];
  /** What would be called; secrets are only named. */
  readonly call: { readonly method: string; readonly url: string; readonly body: string | null } | null;
  readonly notice: string | null;
  readonly people: readonly Named[];
}

export interface Simulation {
  readonly status: string;
  readonly status_label: Label;
  readonly now: string;
  readonly wakes: { readonly at: string; readonly kind: string; readonly node: string; readonly label: Label } | null;
  readonly may_withdraw: boolean;
  /** Of each decision whether nobody is asked at its step any more. */
  readonly settled: readonly boolean[];
  readonly steps: readonly PlayedStep[];
  readonly tasks: readonly PlayedTask[];
  readonly effects: readonly PlayedEffect[];
  readonly expected: readonly { readonly node: string; readonly label: Label; readonly people: readonly Named[] }[];
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly record: Readonly<Record<string, Json>>;
}

export type Mark = "done" | "current" | "expected";

/** How the nodes and the edges of a drawing stand to what was played. */
export interface Marks {
  readonly nodes: ReadonlyMap<string, Mark>;
  readonly edges: ReadonlySet<string>;
}

const RUNNING = new Set(["running", "stuck"]);

/** Whether somebody may still do something. */
export const goesOn = ({ status }: Pick<Simulation, "status">): boolean => RUNNING.has(status);

/** Where it waits now: nodes with open tasks, and those that were entered and not left. */
export function standsAt({ status, steps, tasks }: Pick<Simulation, "status" | "steps" | "tasks">): ReadonlySet<string> {
  if (!RUNNING.has(status)) return new Set();
  const entered = new Map<string, number>();
  for (const { node, event } of steps) {
    if (node === null) continue;
    if (event === "entered") entered.set(node, (entered.get(node) ?? 0) + 1);
    if (event === "left") entered.set(node, (entered.get(node) ?? 0) - 1);
  }
  const open = tasks.filter(({ state }) => state === "open" || state === "held").map(({ node }) => node);
  return new Set([...open, ...[...entered].filter(([, times]) => times > 0).map(([node]) => node)]);
}

export function marksOf(workflow: Workflow, played: Simulation): Marks {
  const current = standsAt(played);
  const nodes = new Map<string, Mark>([[START, current.has(RETURNED) ? "current" : "done"]]);
  for (const { node } of played.expected) nodes.set(node, "expected");
  for (const { node, event } of played.steps) if (node !== null && event === "entered") nodes.set(node, "done");
  for (const node of current) if (node !== RETURNED) nodes.set(node, "current");
  return { nodes, edges: edgesTaken(workflow, played.steps.flatMap(({ event, node, from }) => (event === "entered" && node !== null ? [[from ?? START, node] as const] : []))) };
}

function edgesTaken(workflow: Workflow, ways: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const gone = new Set(ways.map(([from, to]) => `${from === RETURNED ? START : from}>${to}`));
  return new Set(edgesOf(workflow).filter(({ from, to }) => gone.has(`${from}>${to}`)).map(({ id }) => id));
}

/** The marks of a way along nodes, as a test tells it: from each to the next one that follows it. */
export function marksOfPath(workflow: Workflow, path: readonly string[], at: readonly string[]): Marks {
  const nodes = new Map<string, Mark>([[START, "done"]]);
  for (const key of path) nodes.set(key, "done");
  for (const key of at) nodes.set(key, "current");
  const edges = edgesOf(workflow);
  const taken = path.flatMap((key, place) => {
    const before = new Set([START, ...path.slice(0, place)]);
    const led = edges.filter(({ from, to }) => to === key && before.has(from));
    // Of several nodes that lead here the latest did.
    const latest = [START, ...path].slice(0, place + 1).reverse().find((one) => led.some(({ from }) => from === one));
    return led.filter(({ from }) => from === latest).map(({ id }) => id);
  });
  return { nodes, edges: new Set(taken) };
}

/** The nodes of a way that a test names: those that only lead on are left out. */
export const toldPath = (workflow: Workflow, path: readonly string[]): readonly string[] => path.filter((key) => !["branch", "join"].includes(nodesOf(workflow)[key]?.type ?? ""));

/** A key for another test: "test", "test_2", ... */
export function freshTestKey(workflow: Workflow): string {
  const taken = workflow.tests ?? {};
  let [key, number] = ["test", 1];
  while (key in taken) {
    number += 1;
    key = `test_${number}`;
  }
  return key;
}

export function withTest(workflow: Workflow, key: string, test: Scenario | null): Workflow {
  const tests = { ...workflow.tests };
  if (test) tests[key] = test;
  else delete tests[key];
  return withMember(workflow, "tests", Object.keys(tests).length > 0 ? tests : undefined);
}

/** A test of this key, to be looked at; undefined when there is none. */
export function testOf(workflow: Workflow, key: string | null): { readonly key: string; readonly test: Scenario } | undefined {
  const test = key === null ? undefined : workflow.tests?.[key];
  return key === null || !test ? undefined : { key, test };
}
