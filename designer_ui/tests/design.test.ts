import { fieldOf, formulaFields, isKey, keyFrom, placeOf, sameJson, type AppDocument, type FieldBody } from "@/model/design/formulas";
import { describe, expect, test } from "vitest";

const formula = (text: string): FieldBody => ({ type: "formula", result: "number", formula: text, label: { en: "X" } });
const PUBLISHED: AppDocument = { forms: { order: { fields: { qty: { type: "number" }, twice: formula("{qty} * 2"), half: formula("{qty} / 2") } } } };
const DRAFT: AppDocument = {
  forms: { order: { fields: { qty: { type: "number" }, twice: { label: { en: "X" }, formula: "{qty} * 2", result: "number", type: "formula" }, half: formula("{qty} / 3"), third: formula("1") } } },
};

test("the computed fields of a draft know whether they are published", () => {
  expect(formulaFields(DRAFT, PUBLISHED).map(({ form, key, state }) => [form, key, state])).toEqual([
    ["order", "twice", "published"],
    ["order", "half", "changed"],
    ["order", "third", "new"],
  ]);
});

test("a malformed draft is read as far as it goes", () => {
  const broken = { forms: { a: null, b: { fields: { x: null, y: 3, z: formula("1") } } } } as unknown as AppDocument;
  expect(formulaFields(broken, undefined).map(({ key }) => key)).toEqual(["z"]);
  expect(fieldOf(broken, "a", "x")).toBeUndefined();
});

test("JSON is equal by its members, not by their order", () => {
  expect(sameJson({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
  expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  for (const other of [{ a: 1 }, { a: 1, b: 3 }, { a: 1, c: 2 }, null]) expect(sameJson({ a: 1, b: 2 }, other)).toBe(false);
});

describe("a key made from a label", () => {
  test.each([
    ["Won deals", "won_deals"],
    ["  2nd Größe (%) ", "nd_gro_e"],
    ["已赢金额", "formula"],
    ["Title", "title_2"],
    ["Half", "half_3"],
    ["x".repeat(60), "x".repeat(37)],
  ])("%s", (label, key) => {
    expect(keyFrom(label, new Set(["half", "half_2"]))).toBe(key);
    expect(isKey(key)).toBe(true);
  });
});

test("a problem's path leads to its field", () => {
  expect(placeOf("/forms/order/fields/a~1b/formula")).toEqual({ form: "order", field: "a/b" });
  expect(placeOf("/forms/order/layout/0")).toEqual({ form: "order", field: null });
  expect(placeOf("/menu/0")).toBeNull();
});
