import { expect, test } from "vitest";
import type { Describe, DuplicateMatch, Values } from "@/api";
import { plainListOf } from "@/model/design/views";
import type { AppDocument } from "@/model/design/formulas";
import { matchesByField, searchedValues } from "@/model/duplicates";

const describe = { duplicates: ["account", "mobile"], fields: { mobile: { type: "phone" }, account: { type: "relation" }, note: { type: "text" } } } as unknown as Describe;
const base: Values = { mobile: "1", account: { id: 4, title: "A" }, note: "" };

test.each<[Values, Values | null]>([
  [{}, null],
  [{ note: "x" }, null],
  [{ mobile: "1" }, null],
  [{ mobile: "2", note: "x" }, { mobile: "2" }],
  [{ account: { id: 5, title: "B" } }, { account: 5 }],
  [{ mobile: "" }, { mobile: "" }],
])("after the change %j it is searched by %j", (changed, searched) => {
  expect(searchedValues(describe, base, { ...base, ...changed }, changed)).toEqual(searched);
});

test("a match stands at the first of its fields that is shown", () => {
  const match = (...fields: string[]) => ({ fields }) as unknown as DuplicateMatch;
  const found = matchesByField([match("hidden", "mobile"), match("mobile"), match("hidden"), match()], (key) => key !== "hidden");
  expect([...found].map(([key, matches]) => [key, matches.length])).toEqual([["mobile", 2], ["", 2]]);
});

test("a plain list has no quick filter that is set from the start", () => {
  const views = {
    board: { kind: "kanban" },
    mine: { kind: "list", quick_filters: [{ field: "owner", value: "me" }] },
    every: { kind: "list", quick_filters: [{ field: "owner" }] },
  };
  const document = { forms: { lead: { views }, none: {} } } as unknown as AppDocument;
  expect(["lead", "none", "gone"].map((form) => plainListOf(document, form))).toEqual(["every", null, null]);
});
