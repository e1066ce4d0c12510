import { expect, test } from "vitest";
import { planLayout, tabOf } from "@/model/layout";

const label = { en: "L", zh: "L" };

test("loose fields come together in a nameless section", () => {
  const [tab] = planLayout(["a", "b", { section: "s", label, columns: 3, content: ["c"] }, "d"]);
  expect(tab?.sections.map((plan) => [plan.section?.section ?? null, plan.columns, plan.fields])).toEqual([
    [null, 2, ["a", "b"]],
    ["s", 3, ["c"]],
    [null, 2, ["d"]],
  ]);
});

test("what stands outside the tabs comes first", () => {
  const plan = planLayout([{ tab: "t", label, content: ["b"] }, "a"]);
  expect(plan.map((tab) => tab.tab?.tab ?? null)).toEqual([null, "t"]);
});

test("sections in sections are all kept, the outer one first", () => {
  const [tab] = planLayout([{ section: "out", label, content: ["a", { section: "in", label, content: ["b"] }, "c"] }]);
  expect(tab?.sections.map((plan) => plan.fields)).toEqual([["a", "c"], ["b"]]);
});

test("an empty layout still has one tab", () => {
  expect(planLayout([])).toHaveLength(1);
});

test("a field's tab is found", () => {
  const plan = planLayout([{ tab: "one", label, content: ["a"] }, { tab: "two", label, content: [{ section: "s", content: ["b"] }] }]);
  expect(tabOf(plan, "b")).toBe(1);
});
