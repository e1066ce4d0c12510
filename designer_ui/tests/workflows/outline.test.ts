import { outlineOf, type Step } from "@/model/workflows/outline";
import { commentOf, offers, rightOf, withOffer, withRight } from "@/model/workflows/settings";
import { fromTemplate } from "@/model/workflows/templates";
import type { FieldRights, Workflow, WorkflowNode } from "@/model/workflows/types";
import { describe, expect, it } from "vitest";

const text = (steps: readonly Step[]): string =>
  steps.map(({ key, arms }) => (arms.length === 0 ? key : `${key}(${arms.map(({ steps: own, elsewhere }) => `${text(own)}${elsewhere ? `→${elsewhere}` : ""}`).join("|")})`)).join(" ");

const label = { en: "X" };
const two = fromTemplate("two_levels", { label, form: "quote", field: "total", starts: "create" });
const parallel = fromTemplate("parallel", { label, form: "quote", starts: "create" });
const rejected: Workflow = { first: "a", nodes: { a: { type: "approval", next: "b", rejected: "note" }, b: { type: "approval", next: "e", rejected: "note" }, e: { type: "end" }, note: { type: "set_fields", next: "no" }, no: { type: "end" } } };
const apart: Workflow = { first: "s", nodes: { s: { type: "branch", branches: { one: { next: "a" }, two: { next: "e" }, three: { next: "f" } } }, a: { type: "copy", next: "e" }, e: { type: "end" }, f: { type: "end" } } };

describe("an outline", () => {
  it.each([
    [two, "approval branch(approval_2|) end", ""],
    [parallel, "branch(approval|approval_2) join end", ""],
    [rejected, "a b e", "note no"],
    [apart, "s(a e|→e|f)", ""],
    [{}, "", ""],
  ])("reads from top to bottom", (workflow, steps, others) => {
    const outline = outlineOf(workflow);
    expect(text(outline.steps)).toBe(steps);
    expect(text(outline.others)).toBe(others);
  });

  it("says where something can be added to an empty arm", () => {
    expect(outlineOf(two).steps[1]?.arms[1]?.end?.id).toBe("branch>branches/otherwise");
  });
});

describe("what a node offers", () => {
  const node: WorkflowNode = { type: "approval" };

  it.each([
    ["approve", true],
    ["return", true],
    ["hold", false],
  ])("%s is offered: %s, where nothing is said", (decision, expected) => expect(offers(node, decision)).toBe(expected));

  it.each(["return", "hold"])("%s can be changed and changed back", (decision) => {
    const other = withOffer(node, decision, !offers(node, decision));
    expect(offers(other, decision)).toBe(!offers(node, decision));
    expect(withOffer(other, decision, offers(node, decision))).toEqual(node);
  });

  it.each([
    ["reject", "required"],
    ["approve", "optional"],
  ])("asks for a comment on %s: %s", (decision, expected) => expect(commentOf(node, decision)).toBe(expected));
});

describe("rights of fields", () => {
  it.each<[FieldRights | undefined, "editable" | "required" | "hidden" | "visible" | "default", FieldRights | undefined]>([
    [undefined, "editable", { editable: ["x"] }],
    [undefined, "required", { editable: ["x"], required: ["x"] }],
    [{ editable: ["x", "y"], required: ["x"] }, "hidden", { editable: ["y"], hidden: ["x"] }],
    [{ hidden: ["x"] }, "default", undefined],
  ])("are in the lists they need", (before, right, expected) => {
    const after = withRight(before, "x", right);
    expect(after).toEqual(expected);
    expect(rightOf(after, "x")).toBe(right);
  });
});
