import { describe, expect, test } from "vitest";
import type { Json } from "@/api";
import { changedValues, copiedValues, issuesByField, planConflict, sameValue, sentValues } from "@/model/draft";
import {
  NO_STEPS, copyOf, insertLines, isUntouched, jsonOfLines, linesOf, lineIssuesOf, messagesOf, moveLines, newLine, redo, removeLines, setCells, summedFields,
  totalOf, undo, withLineIssues, withStep, type Lines,
} from "@/model/lines";
import { LINES, field } from "./fixture";

const STORED: Json = [
  { id: 1, price: 10, qty: 1, amount: 10, product: { id: 7, title: "Pump" } },
  { id: 2, price: 20, qty: 2, amount: 40, product: null },
  { id: 3, price: 30, qty: 3, amount: 90, product: null },
];
const lines = linesOf(STORED);
const ids = (found: Lines) => found.map(({ id }) => id);
const described = { fields: { lines: LINES, name: field("text") }, order: ["name", "lines"] } as never;

describe("lines of a record", () => {
  test("keep their keys however often they are read", () => {
    expect(linesOf(STORED).map(({ key }) => key)).toEqual(lines.map(({ key }) => key));
    expect(new Set(lines.map(({ key }) => key)).size).toBe(3);
  });

  test("an edit touches only its own lines", () => {
    const after = setCells(lines, [{ row: 1, field: "qty", value: 5 }, { row: 1, field: "price", value: 6 }]);
    expect(after[1]?.typed).toEqual({ qty: 5, price: 6 });
    expect([after[0] === lines[0], after[2] === lines[2]]).toEqual([true, true]);
  });

  test.each([
    ["one down", 0, 0, 1, [2, 1, 3]],
    ["one up", 2, 2, 1, [1, 3, 2]],
    ["two to the end", 0, 1, 2, [3, 1, 2]],
    ["beyond the end", 0, 0, 9, [2, 3, 1]],
    ["before the start", 2, 2, -4, [3, 1, 2]],
  ])("%s", (_, first, last, to, expected) => {
    expect(ids(moveLines(lines, first, last, to))).toEqual(expected);
  });

  test("are inserted and removed", () => {
    expect(ids(insertLines(lines, 1, [newLine()]))).toEqual([1, null, 2, 3]);
    expect(ids(removeLines(lines, new Set([0, 2])))).toEqual([2]);
  });

  test("a copy takes over what was typed, and nothing computed or unique", () => {
    const fields = { ...LINES.fields, scan: field("file") };
    const copy = copyOf(fields, { id: 1, price: 10, qty: null, code: "A", amount: 10, scan: [{ id: 4, name: "a.pdf" }], product: { id: 7, title: "Pump" } });
    expect(copy.typed).toEqual({ price: 10, product: { id: 7, title: "Pump" } });
    expect(copy.id).toBeNull();
  });

  test("a new line is untouched until something stands in it", () => {
    expect([newLine(), newLine({ qty: null }), newLine({ qty: 0 }), lines[0] ?? newLine()].map(isUntouched)).toEqual([true, true, false, false]);
  });

  test("steps lead back and forth, and a new edit ends the way forth", () => {
    const [second, third] = [removeLines(lines, new Set([0])), [] as Lines];
    const steps = withStep(withStep(NO_STEPS, lines), second);
    const back = undo(steps, third);
    expect(back?.lines).toBe(second);
    expect(undo(back?.steps ?? NO_STEPS, second)?.lines).toBe(lines);
    expect(redo(back?.steps ?? NO_STEPS, second)?.lines).toBe(third);
    expect(redo(withStep(back?.steps ?? NO_STEPS, second), third)).toBeNull();
    expect(undo(NO_STEPS, lines)).toBeNull();
  });
});

describe("what is sent and what has changed", () => {
  const edited = (after: Lines) => changedValues({ lines: STORED }, { lines: jsonOfLines(after) }, { lines: LINES });

  test("untouched lines go by their id, others with what was typed", () => {
    const after = [...setCells(lines, [{ row: 0, field: "product", value: { id: 8, title: "Valve" } }]), newLine({ qty: 4 })];
    expect(sentValues({ lines: jsonOfLines(after) })).toEqual({ lines: [{ id: 1, product: 8 }, { id: 2 }, { id: 3 }, { qty: 4 }] });
  });

  test.each<[string, Lines, boolean]>([
    ["nothing", [...lines], false],
    ["the same typed again", setCells(lines, [{ row: 0, field: "qty", value: 1 }, { row: 0, field: "product", value: 7 }]), false],
    ["a value", setCells(lines, [{ row: 0, field: "qty", value: 2 }]), true],
    ["the order", moveLines(lines, 0, 0, 1), true],
    ["a line less", removeLines(lines, new Set([2])), true],
    ["no line left", [], true],
    ["a blank line more", [...lines, newLine()], true],
  ])("%s", (_, after, changed) => {
    expect("lines" in edited(after)).toBe(changed);
  });

  test("two answers of the server are compared by all that the lines hold", () => {
    const other = (STORED as Json[]).map((line) => ({ ...(line as object), qty: 9 })) as Json;
    expect([sameValue(STORED, structuredClone(STORED), LINES), sameValue(STORED, other, LINES), sameValue(null, [], LINES)]).toEqual([true, false, true]);
    const record = (value: Json) => ({ id: 1, revision: 1, title: "", name: "A", lines: value }) as never;
    const mine = { lines: jsonOfLines(setCells(lines, [{ row: 0, field: "qty", value: 4 }])) };
    expect(planConflict(described, record(STORED), mine, record(other)).choices.map((row) => row.field)).toEqual(["lines"]);
    expect(planConflict(described, record(STORED), {}, record(other)).taken.map((row) => row.field)).toEqual(["lines"]);
  });

  test("a copied record begins with copies of its lines", () => {
    const copied = copiedValues(described, { name: "A", lines: STORED as never });
    expect(sentValues(copied)).toEqual({ name: "A", lines: [{ price: 10, qty: 1, product: 7 }, { price: 20, qty: 2 }, { price: 30, qty: 3 }] });
  });
});

describe("what the server refuses", () => {
  const issues = [
    { path: "/lines/1/qty", code: "x", message: "Too many" },
    { path: "/lines/1", code: "x", message: "Not so" },
    { path: "/lines/9/qty", code: "x", message: "Nowhere" },
    { path: "/name", code: "x", message: "Blank" },
  ];
  const told = lineIssuesOf(issues, "lines", jsonOfLines(lines));
  const second = lines[1] ?? newLine();

  test("stands at its line and field, and stays there when lines move", () => {
    expect(messagesOf(second, told)).toEqual(new Map([["qty", "Too many"], ["", "Not so"]]));
    expect(messagesOf(lines[0] ?? newLine(), told).size).toBe(0);
  });

  test("goes when its value changes, comes back with it, and the word on the whole line goes with any change", () => {
    const other = setCells(lines, [{ row: 1, field: "price", value: 1 }])[1] ?? newLine();
    expect([...messagesOf(other, told).keys()]).toEqual(["qty"]);
    const fixed = setCells(lines, [{ row: 1, field: "qty", value: 1 }])[1] ?? newLine();
    expect(messagesOf(fixed, told).size).toBe(0);
  });

  test("is no message of the subform, which still counts as a field with one", () => {
    expect(issuesByField(issues, { lines: LINES })).toEqual(new Map([["lines", ""], ["name", "Blank"]]));
    expect(issuesByField([...issues, { path: "/lines", code: "x", message: "Too few lines" }], { lines: LINES }).get("lines")).toBe("Too few lines");
  });

  test("joins what was told before", () => {
    const live = lineIssuesOf([{ path: "/lines/1/price", code: "x", message: "Odd" }], "lines", jsonOfLines(lines));
    expect([...messagesOf(second, withLineIssues(told, live)).keys()].sort()).toEqual(["", "price", "qty"]);
  });
});

describe("totals", () => {
  test("are exact, and none where nothing is a number", () => {
    expect(totalOf([{ a: 0.1 }, { a: 0.2 }, { a: null }, { a: "12345678901234567.89" }], "a")).toBe("12345678901234568.19");
    expect(totalOf([{ a: -1.5 }, { a: 1.5 }], "a")).toBe(0);
    expect(totalOf([{ a: "three" }, {}], "a")).toBeNull();
  });

  test("are for amounts and quantities, not for prices beside amounts", () => {
    expect([...summedFields(LINES)].sort()).toEqual(["amount", "qty"]);
    expect([...summedFields(field("subform", { fields: { cost: field("money"), rate: field("percent") } }))]).toEqual(["cost"]);
  });
});
