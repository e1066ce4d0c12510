import { nodeAt, problemsOf } from "@/model/workflows/check";
import { differences, isSame, together } from "@/model/workflows/diff";
import { insertOn, removeNode } from "@/model/workflows/edit";
import { edgesOf } from "@/model/workflows/graph";
import { freshNode, fromTemplate, TEMPLATES } from "@/model/workflows/templates";
import type { Workflow, WorkflowNode } from "@/model/workflows/types";
import { describe, expect, it } from "vitest";

const label = { en: "X" };
const who = [{ by: "initiator" }];
const base = (nodes: Record<string, WorkflowNode>, more: Partial<Workflow> = {}): Workflow => ({ label, form: "quote", starts: [{ on: "create" }], first: Object.keys(nodes)[0] ?? "", nodes, ...more });
const approval = (next: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({ type: "approval", label, assignees: who, next, ...more });
const end: WorkflowNode = { type: "end", label };
const branch = (kind: string, ...to: string[]): WorkflowNode => ({
  type: "branch", kind, label, branches: Object.fromEntries(to.map((next, index) => [`arm${index}`, { label, next, ...(kind !== "parallel" && index < to.length - 1 ? { when: "TRUE" } : {}) }])),
});
const found = (workflow: Workflow): readonly string[] => problemsOf(workflow).map(({ node, code, name }) => [node ?? "-", code, name].filter(Boolean).join(" "));

describe("problems", () => {
  it.each<[string, Workflow, string[]]>([
    ["none of a whole workflow", base({ a: approval("e"), e: end }), []],
    ["no words, form, start", { nodes: { e: end }, first: "e" }, ["- noLabel", "- noForm", "- noStart"]],
    ["a start that leads nowhere", base({ e: end }, { first: "gone" }), ["- noFirst"]],
    ["a node that leads nowhere", base({ a: approval("gone"), e: end }), ["a noNext", "e unreachable"]],
    ["nobody to ask", base({ a: approval("e", { assignees: [] }), e: end }), ["a noAssignees"]],
    ["a rule without what it needs", base({ a: approval("e", { assignees: [{ by: "role" }, { by: "manager_chain", up_to: {} }, { by: "users", users: [] }, { by: "manager" }] }), e: end }), ["a ruleLacks role", "a ruleLacks manager_chain", "a ruleLacks users"]],
    ["a decider who comes later", base({ a: approval("b", { assignees: [{ by: "decider_of", node: "b" }] }), b: approval("e"), e: end }), ["a notBefore b"]],
    ["a decider who came before", base({ a: approval("b"), b: approval("e", { assignees: [{ by: "decider_of", node: "a" }], decisions: { return: { to: ["start", "a"] } } }), e: end }), []],
    ["return to what comes later", base({ a: approval("b", { decisions: { return: { to: ["b"] } } }), b: approval("e"), e: end }), ["a notBefore b"]],
    ["a call without an address that goes on nowhere", base({ a: { type: "webhook", label, next: "e", failed: "gone" }, e: end }), ["a noNext", "a noAddress"]],
    ["a call with another way when it fails", base({ a: { type: "webhook", label, url: "https://example.com/", next: "e", failed: "n" }, n: end, e: end }), []],
    ["a message to nobody about nothing", base({ a: { type: "message", label, next: "e" }, e: end }), ["a noSubject", "a noAssignees"]],
    ["a message to an address", base({ a: { type: "message", label, subject: "x", addresses: "{email}", next: "e" }, e: end }), []],
    ["a share of nothing", base({ a: approval("e", { several: { rule: "share" } }), e: end }), ["a noShare"]],
    ["no stand-in, no escalation", base({ a: approval("e", { nobody: { then: "users" }, due: { after: { amount: 1, unit: "days" }, then: "escalate" } }), e: end }), ["a noStandIn", "a noEscalation"]],
    ["a branch without otherwise", base({ s: { ...branch("exclusive", "e", "e"), branches: { one: { label, when: "TRUE", next: "e" }, two: { label, when: "TRUE", next: "e" } } }, e: end }), ["s noOtherwise"]],
    ["an arm without a condition", base({ s: { ...branch("exclusive"), branches: { one: { label, when: "", next: "e" }, two: { label, next: "e" } } }, e: end }), ["s noCondition one"]],
    ["a condition side by side", base({ s: { ...branch("parallel"), branches: { one: { label, when: "TRUE", next: "e" }, two: { label, next: "e" } } }, e: end }), ["s parallelCondition one"]],
    ["a circle", base({ a: approval("b"), b: approval("a") }), ["b circle"]],
    ["a join of nothing", base({ s: branch("exclusive", "j", "j"), j: { type: "join", label, next: "e" }, e: end }), ["j joinsNothing"]],
    ["a join of a split", base({ s: branch("inclusive", "a", "j"), a: approval("j"), j: { type: "join", label, next: "e" }, e: end }), []],
    ["people asked twice", base({ s: branch("parallel", "a", "b"), a: approval("b"), b: approval("e"), e: end }), ["b armsMeet"]],
    ["people of an exclusive branch asked once", base({ s: branch("exclusive", "a", "b"), a: approval("b"), b: approval("e"), e: end }), []],
    ["an option without a field for it", base({ a: approval("e", { state: "x" }), e: end }), ["a noStateField"]],
    ["a wait for nothing", base({ d: { type: "delay", label, next: "w" }, w: { type: "wait_for", label, condition: " ", next: "e" }, e: end }), ["d noDelay", "w noCondition"]],
    ["no values, no target", base({ a: { type: "set_fields", label, values: {}, next: "b" }, b: { type: "update_records", label, values: { x: "1" }, next: "c" }, c: { type: "sub_workflow", label, next: "e" }, e: end }), ["a noValues", "b noTarget", "c noWorkflow"]],
    ["a target that is a relation", base({ a: { type: "update_records", label, relation: "account", values: { x: "1" }, next: "e" }, e: end }), []],
    ["two targets", base({ a: { type: "update_records", label, relation: "account", list: "orders", values: { x: "1" }, next: "e" }, e: end }), ["a noTarget"]],
  ])("%s", (_, workflow, expected) => expect(found(workflow)).toEqual(expected));

  it.each(TEMPLATES)("the template %s has none", (template) => {
    expect(found(fromTemplate(template, { label, form: "quote", field: "total", starts: "create" }))).toEqual([]);
  });

  it("two levels without a field leave the condition to be written", () => {
    expect(found(fromTemplate("two_levels", { label, form: "quote", starts: "button" }))).toEqual(["branch noCondition large"]);
  });

  it.each([
    ["approval", []],
    ["fill_in", []],
    ["copy", []],
    ["branch:exclusive", ["branch noCondition arm"]],
    ["branch:inclusive", ["branch noCondition arm"]],
    ["branch:parallel", []],
    ["delay", []],
    ["wait_for", ["wait_for noCondition"]],
    ["set_fields", ["set_fields noValues"]],
    ["create_record", ["create_record noValues", "create_record noTarget"]],
  ] as const)("a fresh %s lacks only what must be said", (type, expected) => {
    const before = base({ a: approval("e"), e: end });
    const edge = edgesOf(before).find(({ id }) => id === "a>next");
    expect(edge && found(insertOn(before, edge, freshNode(type)).workflow)).toEqual(expected);
  });

  it.each([
    ["/workflows/w/nodes/a/next", { inside: true, node: "a" }],
    ["/workflows/w/starts/0", { inside: true, node: null }],
    ["/workflows/other/nodes/a", { inside: false, node: null }],
    ["/forms/w", { inside: false, node: null }],
  ])("the server's %s is found", (path, expected) => expect(nodeAt(path, "w")).toEqual(expected));
});

describe("differences", () => {
  const before = fromTemplate("two_levels", { label, form: "quote", field: "total", starts: "create" });

  it("of the same are none", () => expect(isSame(differences(before, structuredClone(before)))).toBe(true));

  it("name nodes and their parts", () => {
    const changed: Workflow = { ...before, enabled: false, nodes: { ...removeNode(before, "approval_2")?.nodes, copy: { type: "copy", label, assignees: who, next: "end" }, end: { ...end, result: "approved", label: { en: "Done" } } } };
    expect(differences(before, changed)).toEqual({
      nodes: [
        { key: "branch", change: "changed", parts: ["branches"] },
        { key: "end", change: "changed", parts: ["label"] },
        { key: "copy", change: "added", parts: [] },
        { key: "approval_2", change: "removed", parts: [] },
      ],
      parts: ["enabled"],
    });
  });

  it("tell the order of arms", () => {
    const node = before.nodes?.["branch"];
    const turned = { ...before, nodes: { ...before.nodes, branch: { ...node, type: "branch", branches: Object.fromEntries(Object.entries(node?.branches ?? {}).reverse()) } } };
    expect(differences(before, turned).nodes).toEqual([{ key: "branch", change: "changed", parts: ["branches"] }]);
  });

  it("keep what was taken out to be drawn", () => {
    const without = removeNode(before, "approval_2") ?? before;
    expect(Object.keys(together(before, without).nodes ?? {})).toContain("approval_2");
  });
});
