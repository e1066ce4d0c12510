import { expect, test } from "vitest";
import type { Describe, RecordJson } from "@/api";
import { changedValues, copiedValues, issuesByField, planConflict, sameValue, sentValues, settleConflict } from "@/model/draft";

const label = { en: "", zh: "" };
const describe = {
  order: ["name", "level", "total", "files"],
  fields: {
    name: { type: "text", label, unique: true },
    level: { type: "choice", label },
    total: { type: "formula", label, read_only: true },
    files: { type: "file", label },
  },
  system_fields: {},
} as unknown as Describe;

const record = (values: object): RecordJson => ({ id: 1, revision: 1, title: "x", ...values }) as RecordJson;

test.each([
  [null, undefined, true],
  ["", null, true],
  [[], null, true],
  [{ id: 3, title: "A" }, 3, true],
  [{ id: 3 }, { id: 4 }, false],
  [[{ id: 1 }, { id: 2 }], [1, 2], true],
  [{ city: "a", province: "b" }, { province: "b", city: "a" }, true],
  [0, null, false],
  [false, null, false],
])("%j and %j mean the same: %s", (a, b, same) => {
  expect(sameValue(a as never, b as never)).toBe(same);
});

test("what is sent names people, records and files by id", () => {
  expect(sentValues({ owner: { id: 3, name: "A" }, team: [{ id: 1, name: "B" }], place: { city: "C" }, none: null })).toEqual({
    owner: 3, team: [1], place: { city: "C" }, none: null,
  });
});

test("a value typed back to what it was is no change", () => {
  expect(changedValues({ name: "A", level: null }, { name: "A", level: "" }, {})).toEqual({});
  expect(changedValues({ name: "A" }, { name: "B" }, {})).toEqual({ name: "B" });
});

test("issues go to the field their pointer names", () => {
  const issues = [
    { path: "/name", code: "a", message: "first" },
    { path: "/name", code: "b", message: "second" },
    { path: "", code: "c", message: "whole" },
    { path: "/place/city", code: "d", message: "city" },
  ];
  expect([...issuesByField(issues)]).toEqual([["name", "first"], ["", "whole"], ["place", "city"]]);
});

test("only fields both changed need a choice", () => {
  const base = record({ name: "A", level: "x", total: 1 });
  const current = record({ name: "B", level: "y", total: 2 });
  const plan = planConflict(describe, base, { name: "C" }, current);
  expect(plan.choices).toEqual([{ field: "name", mine: "C", theirs: "B" }]);
  expect(plan.taken).toEqual([{ field: "level", mine: "x", theirs: "y" }]);
});

test("the same change on both sides is no conflict", () => {
  expect(planConflict(describe, record({ name: "A" }), { name: "B" }, record({ name: "B" })).choices).toEqual([]);
});

test("taking theirs forgets mine", () => {
  const choices = [{ field: "name", mine: "C", theirs: "B" }];
  expect(settleConflict({ name: "C", level: "z" }, choices, new Set())).toEqual({ level: "z" });
  expect(settleConflict({ name: "C", level: "z" }, choices, new Set(["name"]))).toEqual({ name: "C", level: "z" });
});

test("a copy's lines are as if somebody had typed them", () => {
  const lines = { type: "subform", label, fields: { qty: { type: "number", label } }, order: ["qty"] };
  const form = { ...describe, fields: { ...describe.fields, lines } } as unknown as Describe;
  const copy = copiedValues(form, { level: "x", lines: [{ qty: 2 }] });
  expect(copy).toMatchObject({ level: "x" });
  expect(sentValues(copy)).toEqual({ level: "x", lines: [{ qty: 2 }] });
});
