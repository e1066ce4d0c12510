import { describe, expect, test } from "vitest";
import {
  condition, countConditions, EMPTY_GROUP, joinFilters, operatorsOf, removeItem, replaceItem, startCondition,
  withField, withOperator, writeFilter, type FilterFields, type Group,
} from "../../src/model/filter";

const FIELDS: FilterFields = {
  company: { type: "text" }, contact: { type: "text" }, amount: { type: "money" }, due: { type: "date" },
  status: { type: "choice" }, source: { type: "choice" }, hot: { type: "boolean" }, files: { type: "file" },
};

describe("rows", () => {
  test("a fresh row is not part of the filter until it has a value", () => {
    const group: Group = { ...EMPTY_GROUP, items: [startCondition("company", FIELDS), condition("hot", "true")] };
    expect(writeFilter(group, FIELDS)).toBe("{hot}");
    expect(writeFilter({ ...EMPTY_GROUP, items: [startCondition("status", FIELDS)] }, FIELDS)).toBe("");
  });
  test("a field without a meaningful comparison offers emptiness only", () => {
    expect(operatorsOf("file")).toEqual(["blank", "not_blank"]);
    expect(startCondition("files", FIELDS)).toEqual(condition("files", "blank"));
  });
  test("changing the field keeps what still means the same", () => {
    expect(withField(condition("company", "contains", "x"), "contact", FIELDS)).toEqual(condition("contact", "contains", "x"));
    expect(withField(condition("status", "is", "new"), "source", FIELDS)).toEqual(condition("source", "is", ""));
    expect(withField(condition("company", "contains", "x"), "amount", FIELDS)).toEqual(condition("amount", "is", ""));
  });
  test("changing the operator keeps usable values", () => {
    expect(withOperator(condition("amount", "is", 5), "between", FIELDS)).toEqual(condition("amount", "between", 5, ""));
    expect(withOperator(condition("amount", "between", 5, 9), "less", FIELDS)).toEqual(condition("amount", "less", 5));
    expect(withOperator(condition("status", "is", "new"), "one_of", FIELDS)).toEqual(condition("status", "one_of", "new"));
    expect(withOperator(condition("company", "is", "x"), "blank", FIELDS)).toEqual(condition("company", "blank"));
    expect(withOperator(condition("due", "period", "this_week"), "is", FIELDS)).toEqual(condition("due", "is", { days: 0 }));
    expect(withOperator(condition("due", "is", { days: 0 }), "last_days", FIELDS)).toEqual(condition("due", "last_days", 7));
  });
});

test("items are replaced, removed and counted through nested groups", () => {
  const inner: Group = { kind: "group", match: "any", items: [condition("hot", "true"), condition("company", "blank")] };
  const group: Group = { ...EMPTY_GROUP, items: [condition("hot", "false"), inner] };
  expect(countConditions(group)).toBe(3);
  expect(removeItem(group, 0).items).toEqual([inner]);
  expect(replaceItem(group, 1, condition("hot", "true")).items[1]).toEqual(condition("hot", "true"));
});

test("filters join without changing their meaning", () => {
  expect(joinFilters("", null, undefined)).toBe("");
  expect(joinFilters("{hot}", "")).toBe("{hot}");
  expect(joinFilters("{a} || {b}", "{c}")).toBe("AND({a} || {b}, {c})");
});
