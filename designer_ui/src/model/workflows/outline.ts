/** A workflow as a list of steps to read from top to bottom, arms with their steps inside of them. */
import { armsOf, edgeId, edgesFrom, meeting, nodesOf, type Edge } from "./graph";
import { START, type Workflow } from "./types";

export interface Step {
  readonly key: string;
  /** The edge that leads here. */
  readonly edge: Edge;
  readonly arms: readonly ArmSteps[];
  /** Where it leads besides: when rejected, when the time is over. */
  readonly asides: readonly Edge[];
}

export interface ArmSteps {
  readonly arm: string;
  readonly steps: readonly Step[];
  /** The edge at the foot of the arm, where something can be added; `elsewhere`: it leads to a step shown in another place. */
  readonly end: Edge | null;
  readonly elsewhere: string | null;
}

export interface Outline {
  readonly steps: readonly Step[];
  /** Steps that only rejecting, or waiting too long, leads to. */
  readonly others: readonly Step[];
}

export function outlineOf(workflow: Workflow): Outline {
  const shown = new Set<string>();
  const first = workflow.first;
  const steps = first === undefined ? [] : walk(workflow, { id: edgeId(START, "first"), from: START, to: first, port: "first", aside: false }, new Set(), shown).steps;
  const others: Step[] = [];
  for (;;) {
    const aside = Object.entries(nodesOf(workflow)).flatMap(([key, node]) => (shown.has(key) ? edgesFrom(key, node) : [])).find(({ to }) => !shown.has(to) && nodesOf(workflow)[to] !== undefined);
    if (!aside) return { steps, others };
    others.push(...walk(workflow, aside, new Set(), shown).steps);
  }
}

/** Steps along an edge until one that is shown already, or where the ways around meet. */
function walk(workflow: Workflow, from: Edge, until: ReadonlySet<string>, shown: Set<string>): { steps: Step[]; end: Edge | null } {
  const nodes = nodesOf(workflow);
  const steps: Step[] = [];
  let edge: Edge | null = from;
  while (edge) {
    const key: string = edge.to;
    const node = nodes[key];
    if (!node || until.has(key) || shown.has(key)) return { steps, end: edge };
    shown.add(key);
    const out = edgesFrom(key, node);
    const here: Edge = edge;
    if (node.type !== "branch") {
      steps.push({ key, edge: here, arms: [], asides: out.filter(({ aside }) => aside) });
      edge = out.find(({ aside }) => !aside) ?? null;
      continue;
    }
    const meets = meeting(workflow, key);
    const inner = meets === null ? until : new Set([...until, meets]);
    let onward: Edge | null = null;
    const arms = armsOf(node).map(([arm]): ArmSteps => {
      const way = out.find((one) => one.arm === arm);
      if (!way) return { arm, steps: [], end: null, elsewhere: null };
      const { steps: own, end } = walk(workflow, way, inner, shown);
      if (end?.to === meets) onward ??= end;
      return { arm, steps: own, end, elsewhere: end && end.to !== meets && nodes[end.to] ? end.to : null };
    });
    steps.push({ key, edge: here, arms, asides: [] });
    edge = onward;
  }
  return { steps, end: null };
}
