import { describe, expect, test } from "vitest";
import { decisionsOf, freshTestKey, marksOf, marksOfPath, renamed, standsAt, START, testAt, testFrom, withTest, type Move, type Simulation, type Workflow } from "@/model/workflows";
import { workflowPlaceOf } from "@/model/design/workflowPlace";

const label = (en: string) => ({ en, zh: en });
const WORKFLOW: Workflow = {
  form: "order",
  starts: [{ on: "button" }],
  first: "size",
  nodes: {
    size: { type: "branch", kind: "exclusive", branches: { large: { when: "{amount} > 5", next: "lead" }, usual: { next: "done" } } },
    lead: { type: "approval", rejected: "no", next: "done" },
    done: { type: "end" },
    no: { type: "end", result: "rejected" },
  },
};

const step = (number: number, event: string, node: string | null, from: string | null = null) => ({ number, event, node, from, label: label(node ?? ""), at: "2026-03-02T12:00:00Z", user: null, people: [], decision: null, decision_label: null, to: null });

const PLAYED: Simulation = {
  status: "running",
  status_label: label("Running"),
  now: "2026-03-02T12:00:00Z",
  wakes: null,
  may_withdraw: true,
  settled: [],
  steps: [step(1, "started", null), step(2, "entered", "size"), step(3, "left", "size"), step(4, "entered", "lead", "size")],
  tasks: [{ node: "lead", label: label("Lead"), user: { id: 3, name: "Mia" }, for_user: null, kind: "decide", state: "open", added_by: null, due_at: null, decisions: [] }],
  effects: [],
  expected: [{ node: "done", label: label("Done"), people: [] }],
  issues: [],
  record: { amount: 9 },
};

describe("a simulation on the drawing", () => {
  test("what was gone through, where it waits, what is expected, and the edges that were taken", () => {
    const { nodes, edges } = marksOf(WORKFLOW, PLAYED);
    expect([...nodes]).toEqual([[START, "done"], ["done", "expected"], ["size", "done"], ["lead", "current"]]);
    expect([...edges]).toEqual(["$start>first", "size>branches/large"]);
  });

  test("it stands nowhere once it has ended", () => {
    expect([...standsAt({ ...PLAYED, status: "approved" })]).toEqual([]);
  });

  test("what was returned to its start stands at the start", () => {
    const task = PLAYED.tasks[0];
    const returned = { ...PLAYED, tasks: task ? [{ ...task, node: "start" }] : [], steps: [...PLAYED.steps, step(5, "left", "lead")] };
    expect(marksOf(WORKFLOW, returned).nodes.get(START)).toBe("current");
  });

  test("the way of a test leads along the edges that are there", () => {
    const { nodes, edges } = marksOfPath(WORKFLOW, ["size", "lead", "no"], []);
    expect(nodes.get("no")).toBe("done");
    expect([...edges]).toEqual(["$start>first", "size>branches/large", "lead>rejected"]);
  });
});

describe("a simulation as a test", () => {
  const approve = { node: "lead", decision: "approve" };

  const reject = { node: "lead", decision: "reject" };
  const wait = { node: "lead", decision: "wait" };
  const back = { node: "lead", decision: "return", to: "start", then: "again" };
  const cases: Readonly<Record<string, readonly [moves: readonly Move[], settled: readonly boolean[], told: ReturnType<typeof decisionsOf>]>> = {
    "several people who decide the same at a step are one decision": [[{ ...approve, user: 1 }, { ...approve, user: 2 }], [false, true], [approve]],
    "as long as somebody is asked on each decided alone": [[{ ...approve, user: 1 }, { ...approve, user: 2 }], [false, false], [{ ...approve, alone: true }, { ...approve, alone: true }]],
    "who decides otherwise than another one decides alone before": [[{ ...approve, user: 1 }, { ...reject, user: 2 }], [false, true], [{ ...approve, alone: true }, reject]],
    "where it is returned to, and how it goes on where that is not as usual": [[{ ...back, user: 1 }, { ...back, then: "straight_back", user: 1 }], [true, true], [{ node: "lead", decision: "return", to: "start" }, { ...back, then: "straight_back" }]],
    "time that passes twice passes twice": [[wait, wait], [false, false], [wait, wait]],
    "until the deadline": [[{ ...wait, until: "due" }], [true], [{ ...wait, until: "due" }]],
    "of people who are named their number": [[{ node: "lead", decision: "reassign", user: 1, users: [2] }, { node: "lead", decision: "add_approver", where: "before", user: 2, users: [3, 4] }], [false, false], [{ node: "lead", decision: "reassign" }, { node: "lead", decision: "add_approver", where: "before", people: [{}, {}] }]],
    "of several who are asked each answers": [[{ node: "lead", decision: "ask", user: 1, users: [2, 3] }, { node: "lead", decision: "answer", user: 2 }], [false, false], [{ node: "lead", decision: "ask", people: [{}, {}] }, { node: "lead", decision: "answer", alone: true }]],
    "values that were filled in": [[{ ...approve, user: 1, values: { amount: 3 } }], [true], [{ ...approve, values: { amount: 3 } }]],
    "it is withdrawn": [[{ node: "lead", decision: "withdraw" }], [true], [{ node: "lead", decision: "withdraw" }]],
  };

  test.each(Object.entries(cases))("%s", (_, [moves, settled, told]) => {
    expect(decisionsOf(moves, settled)).toEqual(told);
  });

  test("it knows the record and expects the same way, without the steps that only lead on", () => {
    expect(testFrom(WORKFLOW, PLAYED, [])).toEqual({ record: { amount: 9 }, expect: { path: ["lead"], status: "running", at: ["lead"] } });
  });

  test("tests come under keys of their own and go without a trace", () => {
    const one = withTest(WORKFLOW, freshTestKey(WORKFLOW), {});
    expect(freshTestKey(one)).toBe("test_2");
    expect(withTest(one, "test", null)).toEqual(WORKFLOW);
  });

  test("a step that gets another key keeps it in tests, too", () => {
    const tested = withTest(WORKFLOW, "one", { decisions: [approve, { node: "lead", decision: "return", to: "lead" }], expect: { path: ["lead", "done"], not: ["lead"], at: ["lead"] } });
    expect(renamed(tested, "lead", "boss").tests?.["one"]).toEqual({ decisions: [{ node: "boss", decision: "approve" }, { node: "boss", decision: "return", to: "boss" }], expect: { path: ["boss", "done"], not: ["boss"], at: ["boss"] } });
  });
});

test("a problem of a test leads to it", () => {
  expect(testAt("/workflows/approval/tests/small/expect/path")).toBe("small");
  expect(testAt("/workflows/approval/nodes/lead")).toBeNull();
  expect(workflowPlaceOf("/workflows/approval/tests/small/expect/path")).toEqual({ key: "approval", query: "?test=small" });
  expect(workflowPlaceOf("/workflows/approval/nodes/lead/next")).toEqual({ key: "approval", query: "?node=lead" });
  expect(workflowPlaceOf("/workflows/approval/label")).toEqual({ key: "approval", query: "" });
  expect(workflowPlaceOf("/forms/order")).toBeNull();
});
