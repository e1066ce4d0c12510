import { expect, test } from "vitest";
import { sameValue, sentValue } from "@/model/draft";
import { jsonOfLines, linesBetween, linesOf, linesOver, newLine, setCells } from "@/model/lines";
import { LINES } from "./fixture";

const BASE = [{ id: 1, price: 10, qty: 1, amount: 10 }, { id: 2, price: 20, qty: 2, amount: 40 }, { id: 3, price: 30, qty: 3, amount: 90 }];
const mine = jsonOfLines([...setCells(linesOf(BASE).slice(0, 2), [{ row: 0, field: "qty", value: 9 }]), newLine({ price: 5 })]);
const THEIRS = [{ id: 1, price: 11, qty: 1, amount: 11 }, { id: 3, price: 30, qty: 3, amount: 90 }, { id: 4, price: 1, qty: 1, amount: 1 }];

const told = (value: unknown) =>
  linesBetween(LINES, BASE as never, value as never, sameValue).map((line) => [line.kind, line.position, Object.fromEntries(line.changes.map((one) => [one.field, [one.old, one.new]]))]);

test("each side is told line by line, without what is computed", () => {
  expect(told(mine)).toEqual([
    ["removed", 2, { price: [30, null], qty: [3, null] }],
    ["changed", 0, { qty: [1, 9] }],
    ["added", 2, { price: [null, 5] }],
  ]);
  expect(told(THEIRS)).toEqual([
    ["removed", 1, { price: [20, null], qty: [2, null] }],
    ["changed", 0, { price: [10, 11] }],
    ["added", 2, { price: [null, 1], qty: [null, 1] }],
  ]);
  expect(told(BASE)).toEqual([]);
});

test("mine are saved as they were, whatever somebody changed or removed meanwhile", () => {
  expect(sentValue(linesOver(LINES, BASE as never, mine, THEIRS as never, sameValue))).toEqual([
    { id: 1, price: 10, qty: 9 },
    { price: 20, qty: 2 },
    { price: 5 },
  ]);
});
