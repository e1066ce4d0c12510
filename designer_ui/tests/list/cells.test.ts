import { describe, expect, test } from "vitest";
import { ApiError, type Json, type RecordJson } from "../../src/api";
import type { Column, GridItem } from "../../src/runtime/list/grid/types";
import { refusedCells, without } from "../../src/runtime/list/cells/refusals";
import { cellCount, changing, fill, planSheetPaste, rangeAmong, rowsIn, setAll, sheetRows, withFound } from "../../src/runtime/list/cells/sheet";
import { field } from "../lines/fixture";

const column = (key: string, type: string, more: Partial<Column> = {}): Column =>
  ({ key, field: field(type), label: key, width: 100, end: false, editable: true, sortable: true, groupable: false, left: null, ...more });
const record = (id: number, values: Record<string, Json> = {}): RecordJson => ({ id, revision: 1, title: `R${id}`, name: `n${id}`, qty: id, ...values }) as RecordJson;
const item = (id: number): GridItem => ({ kind: "record", key: String(id), record: record(id) });

const columns = [column("name", "text"), column("no", "autonumber", { editable: false }), column("qty", "number"), column("phone", "phone", { field: field("phone", { masked: true }) })];
/** A grid in groups: 0 head, 1 and 2 records, 3 head, 4 record, 5 waits. */
const items = [{ kind: "group", key: "a" }, item(1), item(2), { kind: "group", key: "b" }, item(3), { kind: "wait", key: "w" }] as readonly GridItem[];
const rows = sheetRows(items);
const toMoment = (wall: string): string => wall;
const target = { rows, columns, toMoment, origins: null };

describe("a range of a grid in groups", () => {
  test.each([
    [{ top: 1, bottom: 4, left: 1, right: 2 }, { top: 0, bottom: 2, left: 0, right: 1 }],
    [{ top: 3, bottom: 5, left: 3, right: 3 }, { top: 2, bottom: 2, left: 2, right: 2 }],
    [{ top: 3, bottom: 3, left: 1, right: 1 }, null],
    [{ top: 1, bottom: 1, left: 1, right: 0 }, null],
  ])("%j counts its records %j", (range, expected) => {
    expect(rangeAmong(rows, range)).toEqual(expected);
  });
});

test("pasting goes over heads of groups, and names what it leaves out", () => {
  const plan = planSheetPaste("a\t9\t1\t139\nb\t9\tmany\t139\nc\t\t3\nd", { ...target, range: { top: 1, bottom: 1, left: 0, right: 0 } });
  expect(plan.writes.map(({ record: { id }, values }) => [id, values])).toEqual([[2, { name: "a", qty: 1 }], [3, { name: "b" }]]);
  expect(plan.skipped).toEqual(["no", "phone"]);
  expect(plan.unreadable).toEqual([{ row: 2, field: "qty", text: "many" }]);
  expect(plan.rowsOutside).toBe(2);
});

test("names that were found are written with the rest", () => {
  const pending = { row: 1, field: "owner", text: "Li", names: ["Li"], several: false };
  const writes = withFound([{ record: record(1), values: { name: "a" } }], rows, [{ ...pending, value: { id: 7 } }, { ...pending, row: 2, value: null }]);
  expect(writes.map(({ record: { id }, values }) => [id, values])).toEqual([[1, { name: "a" }], [2, { owner: { id: 7 } }]]);
});

test("filling repeats the rows and leaves closed columns out", () => {
  const { writes, skipped } = fill(rowsIn(rows, { top: 1, bottom: 2, left: 1, right: 1 }), rows, columns);
  expect(writes.map(({ values }) => values)).toEqual([{ name: "n1", qty: 1 }, { name: "n2", qty: 2 }, { name: "n1", qty: 1 }]);
  expect(skipped).toEqual(["no", "phone"]);
});

test("only what changes is written", () => {
  const { writes } = setAll(rows, columns, (_, { key }) => (key === "qty" ? 2 : "n1"));
  const changed = changing(writes, columns);
  expect(changed.map(({ record: { id }, values }) => [id, values])).toEqual([[1, { qty: 2 }], [2, { name: "n1" }], [3, { name: "n1", qty: 2 }]]);
  expect(cellCount(changed)).toBe(4);
});

describe("what the server refuses", () => {
  const writes = [{ record: record(1), values: { name: "a", qty: 1 } }, { record: record(2), values: { name: "b" } }];
  const refuse = (...paths: string[]) => refusedCells(new ApiError(422, "invalid_input", "", paths.map((path) => ({ path, code: "x", message: path }))), writes);
  const left = (...paths: string[]) => without(writes, refuse(...paths)).map(({ record: { id }, values }) => [id, values]);
  test.each<[string[], unknown]>([
    [["/update/0/qty"], [[1, { name: "a" }], [2, { name: "b" }]]],
    [["/update/1/name"], [[1, { name: "a", qty: 1 }]]],
    [["/update/0"], [[2, { name: "b" }]]],
    [["/update/0/reason"], [[2, { name: "b" }]]],
    [["/update/0/name", "/update/0/qty", "/update/1"], []],
  ])("%j leaves the others", (paths, expected) => {
    expect(left(...paths)).toEqual(expected);
  });
  test("is no matter of cells when it names none", () => {
    expect(refuse("", "/create/0/name")).toEqual([]);
    expect(refusedCells(new Error("x"), writes)).toEqual([]);
  });
});
