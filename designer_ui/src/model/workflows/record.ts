/** What was played as a test: fetched with the parts that play, which are opened by few. */
import { standsAt, toldPath, type Move, type Simulation } from "./play";
import type { Scenario, Workflow } from "./types";

type Decided = NonNullable<Scenario["decisions"]>[number];

/** What one person does at a step, while it stays there. */
const OF_ONE = new Set(["reassign", "add_approver", "ask", "hold"]);
const OF_NOBODY = new Set(["wait", "change", "withdraw"]);

/**
 * What was decided in a simulation as a test tells it. Everybody who decides the same at a step is one decision of
 * all who are asked there, as soon as nobody is left (`settled`); before that each decided alone.
 */
export function decisionsOf(moves: readonly Move[], settled: readonly boolean[]): readonly Decided[] {
  const found: Decided[] = [];
  let place = 0;
  while (place < moves.length) {
    const move = moves[place] as Move;
    const last = lastOfRun(moves, place);
    // Of several who are asked something each answers for himself.
    const alone = move.decision === "answer" || (!OF_ONE.has(move.decision) && !OF_NOBODY.has(move.decision) && settled[last] !== true);
    if (alone) found.push({ ...told(move), alone: true });
    else found.push(told(move));
    place = alone ? place + 1 : last + 1;
  }
  return found;
}

/** How far the same is decided at the same step, one after the other. */
function lastOfRun(moves: readonly Move[], from: number): number {
  const first = moves[from] as Move;
  if (OF_ONE.has(first.decision) || OF_NOBODY.has(first.decision)) return from;
  let last = from;
  for (let next = moves[last + 1]; next?.node === first.node && next.decision === first.decision && next.to === first.to && next.then === first.then && next.values === undefined; next = moves[last + 1]) last += 1;
  return last;
}

function told({ node, decision, to, then, users, where, values, after, until }: Move): Decided {
  return {
    node,
    decision,
    ...(to === undefined ? {} : { to }),
    // "again" is what holds without a word.
    ...(then === "straight_back" ? { then } : {}),
    // Tests are played among people who are imagined: of those who were chosen the number counts.
    ...(users !== undefined && users.length > 1 ? { people: users.map(() => ({})) } : {}),
    ...(where === undefined ? {} : { where }),
    ...(values === undefined ? {} : { values }),
    ...(after === undefined ? {} : { after }),
    ...(until === undefined ? {} : { until }),
  };
}

/** A simulation as a test: what has to be known of its record, what was decided, and that it goes the same way. */
export function testFrom(workflow: Workflow, played: Simulation, moves: readonly Move[]): Scenario {
  const path = played.steps.flatMap(({ event, node }) => (event === "entered" && node !== null ? [node] : []));
  const at = [...standsAt(played)];
  const decisions = decisionsOf(moves, played.settled);
  return {
    ...(Object.keys(played.record).length > 0 ? { record: played.record } : {}),
    ...(decisions.length > 0 ? { decisions } : {}),
    expect: { path: toldPath(workflow, path), status: played.status, ...(at.length > 0 ? { at } : {}) },
  };
}
