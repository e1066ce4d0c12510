import { changesOf, matching, placeText, valueAt, type Condition } from "@/model/design/conditions";
import { describe, expect, test } from "vitest";

const LEAD = { en: "Lead", zh: "线索" };
const condition = (part: Partial<Condition>): Condition => ({ path: "", text: "", kind: "visible", owner: "lead", form: "lead", record: null, place: [LEAD], expects: "boolean", ...part });
const document = {
  forms: {
    lead: {
      fields: { qty: { visible: "TRUE", validate: { "{qty} > 0": { en: "Positive" }, "{qty} < 9": { en: "Small" } } } },
      layout: [{ visible: "{a}", content: [{ visible: "{b}" }] }],
    },
  },
};

describe("the change that puts a text in place of a condition", () => {
  test("sets a member", () => {
    const one = condition({ path: "/forms/lead/fields/qty/visible", text: "TRUE" });
    expect(changesOf(document, one, "FALSE")).toEqual([{ path: one.path, value: "FALSE" }]);
  });

  test("of a validation keeps its message and its place among the others", () => {
    const one = condition({ kind: "validate", path: "/forms/lead/fields/qty/validate/{qty} > 0", text: "{qty} > 0" });
    const [change] = changesOf(document, one, "{qty} > 1") ?? [];
    expect(change?.path).toBe("/forms/lead/fields/qty/validate");
    expect(Object.entries(change?.value as object)).toEqual([["{qty} > 1", { en: "Positive" }], ["{qty} < 9", { en: "Small" }]]);
  });

  test("of a validation that is there already is none", () => {
    const one = condition({ kind: "validate", path: "/forms/lead/fields/qty/validate/{qty} > 0", text: "{qty} > 0" });
    expect(changesOf(document, one, "{qty} < 9")).toBeNull();
  });

  test("inside a list sets the list and leaves the draft as it was", () => {
    const one = condition({ path: "/forms/lead/layout/0/content/0/visible", text: "{b}" });
    expect(changesOf(document, one, "{c}")).toEqual([{ path: "/forms/lead/layout", value: [{ visible: "{a}", content: [{ visible: "{c}" }] }] }]);
    expect(valueAt(document, one.path)).toBe("{b}");
  });
});

test("conditions are found by kind and by words of their place or text", () => {
  const show = (label: { en: string }): string => label.en;
  const all = [condition({ text: "{budget} > 1", place: [LEAD, { en: "Budget", zh: "预算" }] }), condition({ text: "TRUE", kind: "rows" })];
  expect(matching(all, "all", "", show)).toHaveLength(2);
  expect(matching(all, "rows", "", show)).toEqual([all[1]]);
  expect(matching(all, "all", "BUDG", show)).toEqual([all[0]]);
  expect(matching(all, "all", "nothing", show)).toEqual([]);
  expect(placeText(all[0] as Condition, show)).toBe("Budget");
});
