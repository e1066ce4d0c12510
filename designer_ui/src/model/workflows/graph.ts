/** The edges of a workflow, derived from what its nodes name, and where their ways come together again. */
import { dominators, grouped, reachable } from "./dominators";
import { START, type Arm, type Start, type Workflow, type WorkflowNode } from "./types";

export interface Edge {
  /** "node>next", "node>branches/arm", "$start>first": where the definition names the other end. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly arm?: string;
  /** Beside the usual way. */
  readonly aside: boolean;
}

export const nodesOf = (workflow: Workflow): Readonly<Record<string, WorkflowNode>> => workflow.nodes ?? {};

/** What starts a workflow, each kind once. */
export const startsIn = (workflow: Workflow): readonly Start["on"][] => [...new Set((workflow.starts ?? []).map(({ on }) => on))];

export const armsOf = (node: WorkflowNode | undefined): readonly (readonly [string, Arm])[] => Object.entries(node?.branches ?? {});

const ASIDE: Readonly<Record<string, readonly ("rejected" | "timed_out" | "failed")[]>> = { approval: ["rejected"], wait_for: ["timed_out"], webhook: ["failed"] };

export const edgeId = (from: string, port: string): string => `${from}>${port}`;

/** Every edge, also those that lead to no node there is. */
export function edgesOf(workflow: Workflow): readonly Edge[] {
  const start = workflow.first === undefined ? [] : [{ id: edgeId(START, "first"), from: START, to: workflow.first, port: "first", aside: false }];
  return [...start, ...Object.entries(nodesOf(workflow)).flatMap(([key, node]) => edgesFrom(key, node))];
}

export function edgesFrom(key: string, node: WorkflowNode): readonly Edge[] {
  if (node.type === "end") return [];
  if (node.type === "branch") {
    return armsOf(node).flatMap(([arm, { next }]) => (next === undefined ? [] : [{ id: edgeId(key, `branches/${arm}`), from: key, to: next, port: `branches/${arm}`, arm, aside: false }]));
  }
  const asides = (ASIDE[node.type] ?? []).flatMap((port) => {
    const to = node[port];
    return to === undefined ? [] : [{ id: edgeId(key, port), from: key, to, port, aside: true }];
  });
  return [...(node.next === undefined ? [] : [{ id: edgeId(key, "next"), from: key, to: node.next, port: "next", aside: false }]), ...asides];
}

/** The workflow with the end of one edge put somewhere else. */
export function withTarget(workflow: Workflow, { from, port, arm }: Pick<Edge, "from" | "port" | "arm">, to: string): Workflow {
  if (from === START) return { ...workflow, first: to };
  const node = nodesOf(workflow)[from];
  if (!node) return workflow;
  const changed = arm === undefined ? { ...node, [port]: to } : { ...node, branches: { ...node.branches, [arm]: { ...node.branches?.[arm], next: to } } };
  return { ...workflow, nodes: { ...workflow.nodes, [from]: changed } };
}

/** All edges that led to a node, led to another one. */
export function redirected(workflow: Workflow, from: string, to: string): Workflow {
  return edgesOf(workflow).filter((edge) => edge.to === from).reduce((sofar, edge) => withTarget(sofar, edge, to), workflow);
}

/** Nodes that a node leads to, itself first, each after those before it. */
export function after(workflow: Workflow, key: string): readonly string[] {
  const nodes = nodesOf(workflow);
  return reachable(key, (one) => (one === START ? (workflow.first === undefined ? [] : [workflow.first]) : edgesFrom(one, nodes[one] ?? { type: "end" }).map(({ to }) => to)).filter((to) => nodes[to] !== undefined));
}

/** Nodes that lead to a node, without itself. */
export function before(workflow: Workflow, key: string): ReadonlySet<string> {
  const into = grouped(edgesOf(workflow), ({ to }) => to);
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const { from } of into.get(one) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      visit(from);
    }
  };
  visit(key);
  found.delete(key);
  found.delete(START);
  return found;
}

const EXIT = "\0exit";

/** The nearest node that all ways from a node lead through; null where they end apart. */
export function meeting(workflow: Workflow, key: string): string | null {
  const edges = edgesOf(workflow);
  const nodes = nodesOf(workflow);
  const into = new Map<string, string[]>();
  const out = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    out.set(from, [...(out.get(from) ?? []), to]);
    into.set(to, [...(into.get(to) ?? []), from]);
  };
  for (const one of Object.keys(nodes)) {
    const own = edges.filter((edge) => edge.from === one && nodes[edge.to] !== undefined && !edge.aside);
    for (const { to } of own) add(one, to);
    if (own.length === 0) add(one, EXIT);
  }
  // From the exit upwards, every way down becomes a way up.
  const order = reachable(EXIT, (one) => into.get(one) ?? []);
  const found = dominators(order, (one) => out.get(one) ?? []).get(key);
  return found === undefined || found === EXIT ? null : found;
}

/** Nodes that only one way leads to: all that would be left alone if the edge were cut. */
export function onlyBehind(workflow: Workflow, edge: Edge): readonly string[] {
  const cut = cutEdge(workflow, edge);
  const left = new Set(after(cut, START));
  return after(workflow, edge.to).filter((key) => nodesOf(workflow)[key] !== undefined && !left.has(key));
}

function cutEdge(workflow: Workflow, edge: Edge): Workflow {
  return withTarget(workflow, edge, "");
}
