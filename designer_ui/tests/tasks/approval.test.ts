import { expect, test } from "vitest";
import { idsIn, printAddress, rootOf } from "@/runtime/tasks/print/address";
import { approvalRows } from "@/runtime/tasks/print/rows";
import type { InstanceJson, InstanceStep } from "@/runtime/tasks/types";

const label = (en: string) => ({ en, zh: en });
const MIA = { id: 1, name: "Mia" };
const FINN = { id: 2, name: "Finn" };

const step = (number: number, event: string, more: Partial<InstanceStep> = {}): InstanceStep => ({ number, node: "lead", label: label("Lead"), event, at: `2026-03-0${number}T08:00:00Z`, user: MIA, comment: null, signature: null, ...more });

function run(steps: readonly InstanceStep[], current: readonly string[] = []): InstanceJson {
  return { steps, nodes: current.map((key) => ({ key, type: "approval", label: label(key), state: "current", people: [FINN], entered_at: null, left_at: null })) } as unknown as InstanceJson;
}

test("what people did is printed in order, and not how it went from step to step", () => {
  const rows = approvalRows(run([step(1, "started"), step(2, "entered", { user: null }), step(3, "decided", { decision: "approve", decision_label: label("Agreed"), comment: "Fine", signature: { typed: "Mia" }, duration_s: 90 }), step(4, "left"), step(5, "ended", { user: null })]));
  expect(rows.map(({ event }) => event)).toEqual(["started", "decided"]);
  expect(rows[1]).toMatchObject({ people: [MIA], decision: label("Agreed"), comment: "Fine", signature: { typed: "Mia" }, seconds: 90 });
});

test("what happened by itself names nobody, and where something went is told", () => {
  const rows = approvalRows(run([step(1, "decided", { user: null, decision: "approve" }), step(2, "returned", { to: label("Start") }), step(3, "reassigned", { people: [FINN] })]));
  expect(rows.map(({ people, to }) => [people, to])).toEqual([[null, []], [[MIA], [label("Start")]], [[MIA], ["Finn"]]]);
});

test("what it waits for stands at the end", () => {
  const rows = approvalRows(run([step(1, "started")], ["finance", "legal"]));
  expect(rows.map(({ event, node, people, at }) => [event, node?.en, people?.[0]?.name, at === null])).toEqual([["started", "Lead", "Mia", false], ["waiting", "finance", "Finn", true], ["waiting", "legal", "Finn", true]]);
});

test.each([
  [null, []],
  ["", []],
  ["3", [3]],
  ["3,1,3", [3, 1]],
  ["3,x,-1,1e5,../4,7", [3, 7]],
  [Array.from({ length: 80 }, (_, index) => index + 1).join(","), Array.from({ length: 50 }, (_, index) => index + 1)],
])("%j names the tasks %j", (text, ids) => expect(idsIn(text)).toEqual(ids));

test("the address of paper says what is printed, and what comes next", () => {
  expect(printAddress(undefined, [4, 5])).toBe("/tasks/print?tasks=4,5");
  expect(printAddress("crm", [4], { now: true, next: 9 })).toBe("/a/crm/-/tasks/print?tasks=4&now=1&next=9");
  expect(printAddress(undefined, [4], { now: true })).toBe("/tasks/print?tasks=4&now=1");
  expect(rootOf("a b")).toBe("/a/a%20b/-/tasks");
});
