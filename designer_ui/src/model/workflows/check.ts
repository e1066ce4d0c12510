/** What keeps a workflow from running, as one draws it: the rules that the server checks again before publishing. */
import { grouped } from "./dominators";
import { after, armsOf, before, edgesFrom, edgesOf, nodesOf } from "./graph";
import { START, asks, splits, type AssigneeRule, type Workflow, type WorkflowNode } from "./types";

export interface Problem {
  /** The node it is about; null: the workflow itself. */
  readonly node: string | null;
  readonly code: string;
  /** An arm, a property: what the words name. */
  readonly name?: string;
}

/** What each kind of rule cannot do without. */
export const NEEDED: Readonly<Record<string, "users" | "role" | "up_to" | "field" | "node" | "expression" | null>> = {
  users: "users",
  role: "role",
  role_in_department: "role",
  department_head: null,
  initiator: null,
  manager: null,
  manager_chain: "up_to",
  field: "field",
  decider_of: "node",
  collaborators: null,
  organisation: "field",
  expression: "expression",
};

export function problemsOf(workflow: Workflow): readonly Problem[] {
  const circle = circleOf(workflow);
  return [
    ...ownProblems(workflow),
    ...Object.entries(nodesOf(workflow)).flatMap(([key, node]) => nodeProblems(workflow, key, node)),
    ...(circle === null ? wayProblems(workflow) : [{ node: circle, code: "circle" }]),
  ];
}

function ownProblems(workflow: Workflow): readonly Problem[] {
  const found = (code: string, wrong: boolean): readonly Problem[] => (wrong ? [{ node: null, code }] : []);
  return [
    ...found("noLabel", !named(workflow.label)),
    ...found("noForm", !workflow.form),
    ...found("noStart", (workflow.starts ?? []).length === 0),
    ...found("noState", workflow.state !== undefined && !workflow.state.field),
    ...found("noFirst", workflow.first === undefined || nodesOf(workflow)[workflow.first] === undefined),
  ];
}

const named = (label: Workflow["label"]): boolean => Boolean(label?.en?.trim() || label?.zh?.trim());
const empty = (text: string | undefined): boolean => !text?.trim();

function nodeProblems(workflow: Workflow, key: string, node: WorkflowNode): readonly Problem[] {
  const codes: (readonly [string, string?])[] = [];
  const add = (wrong: boolean, code: string, name?: string): void => {
    if (wrong) codes.push(name === undefined ? [code] : [code, name]);
  };
  add(!named(node.label), "noLabel");
  add(node.type !== "end" && node.type !== "branch" && !leads(workflow, node.next), "noNext");
  add(node.state !== undefined && workflow.state === undefined, "noStateField");
  for (const port of ["rejected", "timed_out", "failed"] as const) add(node[port] !== undefined && !leads(workflow, node[port]), "noNext");
  if (node.type === "branch") branchProblems(workflow, node, add);
  if (asks(node) || node.type === "copy") peopleProblems(workflow, key, node, add);
  settingProblems(node, add);
  return codes.map(([code, name]) => ({ node: key, code, ...(name === undefined ? {} : { name }) }));
}

type Add = (wrong: boolean, code: string, name?: string) => void;

const leads = (workflow: Workflow, to: string | undefined): boolean => to !== undefined && nodesOf(workflow)[to] !== undefined;

function branchProblems(workflow: Workflow, node: WorkflowNode, add: Add): void {
  const arms = armsOf(node);
  add(arms.length < 2, "fewArms");
  arms.forEach(([arm, { when, next, label }], index) => {
    const last = index === arms.length - 1;
    add(!named(label), "noArmLabel", arm);
    add(!leads(workflow, next), "noNext");
    add(node.kind === "parallel" && when !== undefined, "parallelCondition", arm);
    add(node.kind !== "parallel" && last && when !== undefined, "noOtherwise");
    add(node.kind !== "parallel" && !last && empty(when), "noCondition", arm);
  });
}

function peopleProblems(workflow: Workflow, key: string, node: WorkflowNode, add: Add): void {
  add((node.assignees ?? []).length === 0, "noAssignees");
  let found: ReadonlySet<string> | undefined;
  // Of most nodes nobody asks it, and of many nodes it takes a while to find.
  const isEarlier = (node: string): boolean => (found ??= before(workflow, key)).has(node);
  const steps = node.due ? [node.due, ...(node.due.later ?? [])] : [];
  const among = Object.values(node.decisions ?? {}).flatMap((one) => (one && Array.isArray(one.among) ? (one.among as readonly AssigneeRule[]) : []));
  for (const rule of [...(node.assignees ?? []), ...steps.flatMap(({ to }) => to ?? []), ...among]) {
    add(lacking(rule), "ruleLacks", rule.by);
    add(rule.by === "decider_of" && rule.node !== undefined && (!isEarlier(rule.node) || !asks(nodesOf(workflow)[rule.node])), "notBefore", rule.node);
  }
  add(Object.values(node.decisions ?? {}).some((one) => one && Array.isArray(one.among) && one.among.length === 0), "noAmong");
  add(node.several?.rule === "share" && node.several.share === undefined, "noShare");
  add(node.nobody?.then === "users" && (node.nobody.users ?? []).length === 0, "noStandIn");
  add(node.due !== undefined && (node.due.after === undefined) === empty(node.due.until), "noDeadline");
  add(steps.some(({ then, to }) => then === "escalate" && (to ?? []).length === 0), "noEscalation");
  for (const { back } of steps) add(back !== undefined && !RETURN_WORDS.includes(back) && !isEarlier(back), "notBefore", back);
  const back = node.decisions?.["return"];
  for (const to of back ? (back.to ?? []) : []) add(!RETURN_WORDS.includes(to) && !isEarlier(to), "notBefore", to);
}

/** Words that stand for steps where something goes back to. */
const RETURN_WORDS: readonly string[] = ["start", "previous", "any"];

export function lacking(rule: AssigneeRule): boolean {
  const needed = NEEDED[rule.by];
  if (needed === undefined) return true;
  if (needed === null) return false;
  const value = rule[needed];
  if (needed === "up_to") return rule.up_to === undefined || (rule.up_to.level === undefined) === (rule.up_to.role === undefined);
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function settingProblems(node: WorkflowNode, add: Add): void {
  switch (node.type) {
    case "delay":
      return add((node.after === undefined) === empty(node.until), "noDelay");
    case "wait_for":
      add(empty(node.condition), "noCondition");
      return add(node.timed_out !== undefined && node.at_most === undefined, "noAtMost");
    case "set_fields":
    case "create_record":
    case "update_records":
      add(Object.keys(node.values ?? {}).length === 0 || Object.values(node.values ?? {}).some(empty), "noValues");
      add(node.type === "create_record" && (node.list === undefined) === (node.form === undefined), "noTarget");
      return add(node.type === "update_records" && empty(node.list) === empty(node.relation), "noTarget");
    case "sub_workflow":
      return add(empty(node.workflow), "noWorkflow");
    case "webhook":
      return add(empty(node.url), "noAddress");
    case "message":
      add(empty(node.subject), "noSubject");
      add((node.assignees ?? []).some(lacking), "ruleLacks");
      return add((node.assignees ?? []).length === 0 && empty(node.addresses), "noAssignees");
    default:
  }
}

/** A node from which one comes back to it. */
function circleOf(workflow: Workflow): string | null {
  const nodes = nodesOf(workflow);
  const state = new Map<string, "open" | "done">();
  const visit = (key: string): string | null => {
    state.set(key, "open");
    for (const { to } of edgesFrom(key, nodes[key] ?? { type: "end" })) {
      if (!nodes[to] || state.get(to) === "done") continue;
      const found = state.get(to) === "open" ? key : visit(to);
      if (found !== null) return found;
    }
    state.set(key, "done");
    return null;
  };
  for (const key of Object.keys(nodes)) {
    const found = state.has(key) ? null : visit(key);
    if (found !== null) return found;
  }
  return null;
}

/** Nodes no way leads to, joins of nothing, and people who would be asked twice. */
function wayProblems(workflow: Workflow): readonly Problem[] {
  const nodes = nodesOf(workflow);
  const reached = after(workflow, START);
  const known = new Set(reached);
  const unreached = leads(workflow, workflow.first) ? Object.keys(nodes).filter((key) => !known.has(key)) : [];
  const stacks = stacksOf(workflow, reached);
  return [
    ...unreached.map((node) => ({ node, code: "unreachable" })),
    ...[...stacks].flatMap(([node, ways]) => {
      if (nodes[node]?.type === "join" && ways.some((way) => way.length === 0)) return [{ node, code: "joinsNothing" }];
      return asks(nodes[node]) && meetTogether(ways) ? [{ node, code: "armsMeet" }] : [];
    }),
  ];
}

/** The splits one is inside of, outermost first, each with the arm. */
type Stack = readonly (readonly [string, string])[];
const MOST = 200;

function stacksOf(workflow: Workflow, order: readonly string[]): ReadonlyMap<string, readonly Stack[]> {
  const nodes = nodesOf(workflow);
  const out = grouped(edgesOf(workflow), ({ from }) => from);
  const found = new Map<string, Map<string, Stack>>();
  const add = (key: string, stack: Stack): void => {
    const ways = found.get(key) ?? new Map<string, Stack>();
    if (ways.size < MOST) ways.set(JSON.stringify(stack), stack);
    found.set(key, ways);
  };
  for (const key of order) {
    if (key === START) {
      if (workflow.first !== undefined && nodes[workflow.first]) add(workflow.first, []);
      continue;
    }
    const node = nodes[key];
    for (const stack of found.get(key)?.values() ?? []) {
      const inside = node?.type === "join" ? stack.slice(0, -1) : stack;
      for (const { id, to } of out.get(key) ?? []) if (nodes[to]) add(to, splits(node) ? [...inside, [key, id]] : inside);
    }
  }
  return new Map([...found].map(([key, ways]) => [key, [...ways.values()]]));
}

function meetTogether(stacks: readonly Stack[]): boolean {
  return stacks.some((one, index) => stacks.slice(index + 1).some((other) => goneTogether(one, other)));
}

function goneTogether(one: Stack, other: Stack): boolean {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [mine, theirs] = [one[at], other[at]];
    if (mine?.[1] !== theirs?.[1]) return mine?.[0] === theirs?.[0];
  }
  return false;
}

/** The node that a pointer of the server's check names, in this workflow. */
export function nodeAt(path: string, workflow: string): { readonly inside: boolean; readonly node: string | null } {
  const [, workflows, key, part, node] = path.split("/").map((one) => one.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (workflows !== "workflows" || key !== workflow) return { inside: false, node: null };
  return { inside: true, node: part === "nodes" && node ? node : null };
}

/** The test that such a pointer names. */
export function testAt(path: string): string | null {
  const [, , , part, test] = path.split("/").map((one) => one.replaceAll("~1", "/").replaceAll("~0", "~"));
  return part === "tests" && test ? test : null;
}
