import { describe, expect, test } from "vitest";
import { colorsOf, DATE_CHOICES, formatLevels, formatTotals, groupFilter, nextPeriod, parseLevels, parseTotals, quickFilter } from "../../src/model/view";

describe("levels of groups", () => {
  test.each(["", "stage", "stage,due:month", "a,b:year,c:day"])("%j survives", (text) => expect(formatLevels(parseLevels(text))).toBe(text));
  test.each([
    ["a,a:month", "a"], ["a,b,c,d", "a,b,c"], ["due:decade", "due"], [" a , ,b", "a,b"],
  ])("%j is read as %j", (text, levels) => expect(formatLevels(parseLevels(text))).toBe(levels));
});

test.each([
  ["2026-12-31", "day", "2027-01-01"], ["2026-12-28", "week", "2027-01-04"], ["2026-12-01", "month", "2027-01-01"],
  ["2026-10-01", "quarter", "2027-01-01"], ["2026-01-01", "year", "2027-01-01"],
] as const)("after %s by %s comes %s", (start, by, next) => expect(nextPeriod(start, by)).toBe(next));

test("the group of a period is the stretch from its first day to the next one's", () => {
  expect(groupFilter("due", "2026-10-01", "quarter")).toBe("AND({due} >= DATE(2026, 10, 1), {due} < DATE(2027, 1, 1))");
  expect(groupFilter("due", null, "quarter")).toBe("ISBLANK({due})");
});

test.each(["", "amount:sum", "amount:sum,due:max"])("totals %j survive", (text) => expect(formatTotals(parseTotals(text))).toBe(text));
test("unknown functions are no totals", () => expect(parseTotals("amount:median,:sum,no")).toEqual({}));

const FIELDS = {
  status: { type: "choice" }, tags: { type: "multi_choice" }, owner: { type: "user" }, team: { type: "users" }, account: { type: "relation" },
  due: { type: "date" }, at: { type: "datetime" }, hot: { type: "boolean" },
};

test.each([
  [{ status: "new" }, '{status} = "new"'],
  [{ status: "new,won" }, 'OR({status} = "new", {status} = "won")'],
  [{ status: "new,empty" }, 'OR({status} = "new", ISBLANK({status}))'],
  [{ tags: "a" }, 'HAS({tags}, "a")'],
  [{ owner: "me,7" }, "OR({owner} = ME(), {owner} = 7)"],
  [{ team: "me" }, "HAS({team}, ME())"],
  [{ account: "12" }, "{account} = 12"],
  [{ account: "drop table" }, ""],
  [{ hot: "true" }, "{hot}"], [{ hot: "false" }, "NOT({hot})"], [{ hot: "perhaps" }, ""],
  [{ due: "today" }, "{due} = TODAY()"],
  [{ due: "yesterday" }, "{due} = TODAY() - 1"],
  [{ due: "last_week" }, 'AND({due} >= STARTOF(TODAY() - 7, "week"), {due} <= ENDOF(TODAY() - 7, "week"))'],
  [{ due: "next_month" }, 'AND({due} >= STARTOF(EDATE(TODAY(), 1), "month"), {due} <= ENDOF(EDATE(TODAY(), 1), "month"))'],
  [{ at: "last_quarter" }, 'AND({at} >= STARTOF(EDATE(TODAY(), -3), "quarter"), {at} < ENDOF(EDATE(TODAY(), -3), "quarter") + 1)'],
  [{ due: "last_7" }, "AND({due} >= TODAY() - 7, {due} <= TODAY())"],
  [{ at: "next_30" }, "AND({at} >= TODAY(), {at} < TODAY() + 31)"],
  [{ due: "overdue" }, "{due} < TODAY()"], [{ due: "empty" }, "ISBLANK({due})"],
  [{ due: "2026-01-01..2026-02-01" }, "AND({due} >= DATE(2026, 1, 1), {due} <= DATE(2026, 2, 1))"],
  [{ due: "2026-01-01.." }, "{due} >= DATE(2026, 1, 1)"],
  [{ due: "soon" }, ""], [{ unknown: "x" }, ""],
  [{ status: "new", due: "overdue" }, 'AND({status} = "new", {due} < TODAY())'],
] as const)("the choices %j mean %s", (choices, filter) => expect(quickFilter(choices, FIELDS)).toBe(filter));

test("every stretch of days that is offered is a condition", () => {
  expect(new Set(DATE_CHOICES).size).toBe(DATE_CHOICES.length);
  expect(DATE_CHOICES.filter((choice) => quickFilter({ due: choice }, FIELDS) === "")).toEqual([]);
});

test("of several colours that hold the first counts, for the row and for each cell", () => {
  const rules = [
    { when: "a", color: "red", field: null }, { when: "b", color: "green", field: null },
    { when: "c", color: "blue", field: "due" }, { when: "d", color: "pink", field: "due" },
  ];
  expect(colorsOf(rules, [1, 2, 3])).toEqual({ row: "green", cells: { due: "blue" } });
  expect(colorsOf(rules, [0, 1])).toEqual({ row: "red", cells: {} });
  expect(colorsOf(rules, [99])).toEqual({ row: null, cells: {} });
});
