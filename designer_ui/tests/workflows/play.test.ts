import { describe, expect, test } from "vitest";
import { decisionsOf, freshTestKey, marksOf, marksOfPath, renamed, standsAt, START, testAt, testFrom, withTest, type Simulation, type Workflow } from "@/model/workflows";
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
  wakes_at: null,
  steps: [step(1, "started", null), step(2, "entered", "size"), step(3, "left", "size"), step(4, "entered", "lead", "size")],
  tasks: [{ node: "lead", label: label("Lead"), user: { id: 3, name: "Mia" }, for_user: null, kind: "decide", state: "open", due_at: null, decisions: [] }],
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

  test("several people who decide the same at a step are one decision", () => {
    expect(decisionsOf([{ ...approve, user: 1 }, { ...approve, user: 2 }, { node: "lead", decision: "return", to: "start", then: "again", user: 1 }])).toEqual([approve, { node: "lead", decision: "return", to: "start" }]);
  });

  test("time that passes twice passes twice", () => {
    const wait = { node: "lead", decision: "wait" };
    expect(decisionsOf([wait, wait])).toEqual([wait, wait]);
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
