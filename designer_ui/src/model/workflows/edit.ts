/** Changes of a workflow, each a new one: nodes put in, taken out, copied and moved, with their edges mended. */
import { after, armsOf, edgesFrom, edgesOf, meeting, nodesOf, onlyBehind, redirected, withTarget, type Edge } from "./graph";
import { START, splits, withMember, type Arm, type Scenario, type Workflow, type WorkflowNode } from "./types";

export interface Edited {
  readonly workflow: Workflow;
  /** What was put in or changed, to be chosen next. */
  readonly key: string;
}

/** A free key: "approval", "approval_2", ... */
export function freeKey(taken: Readonly<Record<string, unknown>>, base: string): string {
  const stem = base.replace(/_\d+$/, "").slice(0, 36) || "node";
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? stem : `${stem}_${count}`;
    if (!(key in taken)) return key;
  }
}

const put = (workflow: Workflow, key: string, node: WorkflowNode): Workflow => ({ ...workflow, nodes: { ...workflow.nodes, [key]: node } });

export function withNode(workflow: Workflow, key: string, node: WorkflowNode): Workflow {
  return nodesOf(workflow)[key] === undefined ? workflow : put(workflow, key, node);
}

/** Without nodes that no way leads to. */
export function tidied(workflow: Workflow): Workflow {
  const kept = new Set(after(workflow, START));
  const all = Object.entries(nodesOf(workflow));
  return all.every(([key]) => kept.has(key)) ? workflow : { ...workflow, nodes: Object.fromEntries(all.filter(([key]) => kept.has(key))) };
}

/** Puts a node on an edge. A branch whose ways are gone at once comes with a join; an end cuts off what only followed here. */
export function insertOn(workflow: Workflow, edge: Edge, node: WorkflowNode): Edited {
  const key = freeKey(nodesOf(workflow), node.type);
  if (node.type === "end") return { workflow: tidied(withTarget(put(workflow, key, node), edge, key)), key };
  if (node.type !== "branch") return { workflow: withTarget(put(workflow, key, { ...node, next: edge.to }), edge, key), key };
  let [result, to] = [workflow, edge.to];
  if (splits(node)) {
    to = freeKey(nodesOf(workflow), "join");
    result = put(result, to, { type: "join", label: JOIN_LABEL, next: edge.to });
  }
  const branches = Object.fromEntries(armsOf(node).map(([arm, body]) => [arm, { ...body, next: to }]));
  return { workflow: withTarget(put(result, key, { ...node, branches }), edge, key), key };
}

export const JOIN_LABEL = { en: "All done", zh: "全部完成" };

/** Puts a node before another one, whatever leads to that. */
export function insertBefore(workflow: Workflow, key: string, node: WorkflowNode): Edited {
  const own = freeKey(nodesOf(workflow), node.type);
  return { workflow: put(redirected(workflow, key, own), own, { ...node, next: key }), key: own };
}

/** The edge by which one goes on after a node; of a branch, what leads on from where its ways meet. */
export function wayOn(workflow: Workflow, key: string): Edge | null {
  const edges = edgesOf(workflow);
  if (key === START) return edges.find(({ from }) => from === START) ?? null;
  const node = nodesOf(workflow)[key];
  if (node?.type !== "branch") return edges.find(({ from, port }) => from === key && port === "next") ?? null;
  const meets = meeting(workflow, key);
  if (meets !== null && nodesOf(workflow)[meets]?.type === "join") return wayOn(workflow, meets);
  return edges.find(({ from }) => from === key) ?? null;
}

/** Adds an arm to a branch, before "otherwise", leading to where the others meet. */
export function addArm(workflow: Workflow, key: string, label: NonNullable<Arm["label"]>): Edited {
  const node = nodesOf(workflow)[key];
  if (!node) return { workflow, key };
  const arms = armsOf(node);
  const to = meeting(workflow, key) ?? arms.at(-1)?.[1].next;
  const arm = freeKey(node.branches ?? {}, "arm");
  const body: Arm = { label, ...(node.kind === "parallel" ? {} : { when: "" }), ...(to === undefined ? {} : { next: to }) };
  const place = node.kind === "parallel" ? arms.length : Math.max(0, arms.length - 1);
  return { workflow: put(workflow, key, { ...node, branches: Object.fromEntries([...arms.slice(0, place), [arm, body], ...arms.slice(place)]) }), key };
}

/** Takes an arm out with what only it leads to; a branch of one arm is none any more. */
export function removeArm(workflow: Workflow, key: string, arm: string): Workflow {
  const node = nodesOf(workflow)[key];
  if (!node?.branches?.[arm]) return workflow;
  const left = armsOf(node).filter(([one]) => one !== arm);
  const only = left[0]?.[1].next;
  if (left.length === 1 && only !== undefined) return withoutLonelyJoin(tidied(drop(redirected(workflow, key, only), key)), splits(node) ? meeting(workflow, key) : null);
  return tidied(put(workflow, key, { ...node, branches: Object.fromEntries(left.map(([one, body], index) => [one, index === left.length - 1 && node.kind !== "parallel" ? withoutWhen(body) : body])) }));
}

const withoutWhen = (arm: Arm): Arm => withMember(arm, "when", undefined);

export function moveArm(workflow: Workflow, key: string, arm: string, step: -1 | 1): Workflow {
  const node = nodesOf(workflow)[key];
  const arms = [...armsOf(node)];
  const from = arms.findIndex(([one]) => one === arm);
  const last = node?.kind === "parallel" ? arms.length - 1 : arms.length - 2;
  const [here, there] = [arms[from], arms[from + step]];
  if (!node || !here || !there || Math.max(from, from + step) > last) return workflow;
  arms[from] = there;
  arms[from + step] = here;
  return put(workflow, key, { ...node, branches: Object.fromEntries(arms) });
}

function drop(workflow: Workflow, key: string): Workflow {
  return { ...workflow, nodes: Object.fromEntries(Object.entries(nodesOf(workflow)).filter(([one]) => one !== key)) };
}

/** A join that one way is left to has nothing to wait for. */
function withoutLonelyJoin(workflow: Workflow, join: string | null): Workflow {
  const node = join === null ? undefined : nodesOf(workflow)[join];
  if (join === null || node?.type !== "join" || node.next === undefined) return workflow;
  return edgesOf(workflow).filter(({ to }) => to === join).length > 1 ? workflow : drop(redirected(workflow, join, node.next), join);
}

/** Without a node, what led to it leading on to what followed; null where that cannot be: of the last end. A branch goes with its arms. */
export function removeNode(workflow: Workflow, key: string): Workflow | null {
  const node = nodesOf(workflow)[key];
  if (!node) return null;
  if (node.type === "end") {
    const other = Object.keys(nodesOf(workflow)).find((one) => one !== key && nodesOf(workflow)[one]?.type === "end");
    return other === undefined ? null : tidied(drop(redirected(workflow, key, other), key));
  }
  const to = node.type === "branch" ? (meeting(workflow, key) ?? armsOf(node).at(-1)?.[1].next) : node.next;
  if (to === undefined || to === key) return null;
  const without = tidied(drop(redirected(workflow, key, to), key));
  return node.type === "branch" ? withoutLonelyJoin(without, meeting(workflow, key)) : without;
}

/** One node, or a branch with all up to where its arms meet; `first` is where one comes in, "" where one goes out. */
export interface Piece {
  readonly first: string;
  readonly nodes: Readonly<Record<string, WorkflowNode>>;
}

const OUT = "";

export function copied(workflow: Workflow, key: string): Piece | null {
  const node = nodesOf(workflow)[key];
  if (!node || node.type === "end" || node.type === "join") return null;
  const keys = regionOf(workflow, key);
  const out = wayOut(workflow, key);
  const nodes = Object.fromEntries(
    keys.map((one) => {
      const body = nodesOf(workflow)[one] ?? node;
      return [one, edgesFrom(one, body).reduce((sofar, edge) => (keys.includes(edge.to) && edge.to !== out ? sofar : retargeted(sofar, edge, OUT)), body)];
    }),
  );
  return { first: key, nodes };
}

/** What belongs to a node: of a branch what lies between it and where its ways meet, a join included. */
export function regionOf(workflow: Workflow, key: string): readonly string[] {
  const node = nodesOf(workflow)[key];
  if (node?.type !== "branch") return [key];
  const meets = meeting(workflow, key);
  const until = meets === null ? new Set<string>() : new Set(after(workflow, meets));
  const inner = after(workflow, key).filter((one) => !until.has(one));
  return meets !== null && splits(node) && nodesOf(workflow)[meets]?.type === "join" ? [...inner, meets] : inner;
}

function wayOut(workflow: Workflow, key: string): string | null {
  const region = regionOf(workflow, key);
  return edgesOf(workflow).find(({ from, to, aside }) => region.includes(from) && !region.includes(to) && !aside)?.to ?? null;
}

function retargeted(node: WorkflowNode, { port, arm }: Edge, to: string): WorkflowNode {
  if (arm !== undefined) return { ...node, branches: { ...node.branches, [arm]: { ...node.branches?.[arm], next: to } } };
  if (to === OUT && port !== "next") return withMember(node, port as "rejected", undefined);
  return { ...node, [port]: to };
}

/** Puts a piece on an edge, under keys of its own. */
export function pasted(workflow: Workflow, edge: Edge, piece: Piece): Edited {
  const { workflow: placed, key } = withPiece(workflow, piece, edge.to);
  return { workflow: tidied(withTarget(placed, edge, key)), key };
}

/** The workflow with a piece beside it that leads on to a node; nothing leads to it yet. */
function withPiece(workflow: Workflow, piece: Piece, to: string): Edited {
  const names = new Map<string, string>();
  const taken: Record<string, unknown> = { ...workflow.nodes };
  for (const key of Object.keys(piece.nodes)) {
    const free = freeKey(taken, key);
    taken[free] = true;
    names.set(key, free);
  }
  const added = Object.entries(piece.nodes).map(([key, node]) => [names.get(key) ?? key, edgesFrom(key, node).reduce((sofar, one) => retargeted(sofar, one, one.to === OUT ? to : (names.get(one.to) ?? one.to)), node)] as const);
  return { workflow: { ...workflow, nodes: { ...workflow.nodes, ...Object.fromEntries(added) } }, key: names.get(piece.first) ?? piece.first };
}

/** The node, or the branch with all of its arms, once more, right behind itself; null where that makes no sense. */
export function duplicated(workflow: Workflow, key: string): Edited | null {
  const piece = copied(workflow, key);
  const to = wayOut(workflow, key);
  if (!piece || to === null) return null;
  const region = new Set(regionOf(workflow, key));
  const leaving = edgesOf(workflow).filter((edge) => region.has(edge.from) && edge.to === to && !edge.aside);
  const { workflow: placed, key: first } = withPiece(workflow, piece, to);
  return { workflow: tidied(leaving.reduce((sofar, edge) => withTarget(sofar, edge, first), placed)), key: first };
}

/** Takes a node from where it is and puts it on an edge, under its key; null where that makes no sense. */
export function movedTo(workflow: Workflow, key: string, edge: Edge): Workflow | null {
  const piece = copied(workflow, key);
  const region = regionOf(workflow, key);
  const next = wayOut(workflow, key);
  if (!piece || region.includes(edge.from) || region.includes(edge.to) || next === null) return null;
  const kept = { ...workflow, nodes: Object.fromEntries(Object.entries(nodesOf(workflow)).filter(([one]) => !region.includes(one))) };
  const mended = edgesOf(workflow).filter(({ from, to }) => to === key && !region.includes(from)).reduce((sofar, one) => withTarget(sofar, one, next), kept as Workflow);
  const target = edge.to === key ? next : edge.to;
  const nodes = Object.fromEntries(Object.entries(piece.nodes).map(([one, node]) => [one, edgesFrom(one, node).reduce((sofar, out) => (out.to === OUT ? retargeted(sofar, out, target) : sofar), node)]));
  return tidied(withTarget({ ...mended, nodes: { ...mended.nodes, ...nodes } }, edge, key));
}

/** The node under another key, with all that names it. */
export function renamed(workflow: Workflow, key: string, to: string): Workflow {
  const node = nodesOf(workflow)[key];
  if (!node || key === to || nodesOf(workflow)[to]) return workflow;
  const led = redirected(workflow, key, to);
  const name = (one: string): string => (one === key ? to : one);
  const nodes = Object.entries(nodesOf(led)).map(([one, body]) => [name(one), mentions(body, name)] as const);
  const tests = led.tests && Object.fromEntries(Object.entries(led.tests).map(([one, test]) => [one, testNaming(test, name)]));
  return { ...led, nodes: Object.fromEntries(nodes), ...(tests ? { tests } : {}) };
}

function testNaming(test: Scenario, name: (key: string) => string): Scenario {
  const { decisions, expect } = test;
  return {
    ...test,
    ...(decisions ? { decisions: decisions.map((one) => ({ ...one, node: name(one.node), ...(one.to === undefined ? {} : { to: name(one.to) }) })) } : {}),
    ...(expect
      ? { expect: { ...expect, ...(expect.path ? { path: expect.path.map(name) } : {}), ...(expect.not ? { not: expect.not.map(name) } : {}), ...(expect.at ? { at: expect.at.map(name) } : {}) } }
      : {}),
  };
}

function mentions(node: WorkflowNode, name: (key: string) => string): WorkflowNode {
  const back = node.decisions?.["return"];
  return {
    ...node,
    ...(node.assignees ? { assignees: node.assignees.map((rule) => (rule.node === undefined ? rule : { ...rule, node: name(rule.node) })) } : {}),
    ...(back && back.to ? { decisions: { ...node.decisions, return: { ...back, to: back.to.map(name) } } } : {}),
  };
}

/** How many nodes go with one when it is taken out, itself not counted. */
export function lostWith(workflow: Workflow, key: string): number {
  const without = removeNode(workflow, key);
  return without ? Object.keys(nodesOf(workflow)).length - Object.keys(nodesOf(without)).length - 1 : 0;
}

/** How many nodes go with an arm. */
export const lostWithArm = (workflow: Workflow, edge: Edge): number => onlyBehind(workflow, edge).length;
