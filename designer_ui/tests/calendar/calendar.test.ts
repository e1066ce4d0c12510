import { describe, expect, test } from "vitest";
import {
  addMonths, addToWall, dayKinds, daysBetween, endedAt, endedOn, entryOf, hiddenBars, layBars, layBoxes, momentOf, movedValues, periodOf, startOfWeek,
  stepDay, valuesAt, wallOf, type CalendarFrame, type Entry,
} from "../../src/model/calendar";

const NEW_YORK = "America/New_York";
const SHANGHAI = "Asia/Shanghai";

describe("days", () => {
  test.each([["2026-03-01", "2026-02-23"], ["2026-03-02", "2026-03-02"], ["2026-01-01", "2025-12-29"]])("the week of %s begins on %s", (day, monday) => expect(startOfWeek(day)).toBe(monday));
  test.each([["2026-01-31", 1, "2026-02-28"], ["2026-03-31", -1, "2026-02-28"], ["2026-12-15", 1, "2027-01-15"]] as const)("%s and %i months", (day, count, found) => expect(addMonths(day, count)).toBe(found));
  test.each([
    ["month", "2026-03-15", "2026-02-23", "2026-04-05"], ["month", "2027-02-10", "2027-02-01", "2027-02-28"],
    ["week", "2026-03-15", "2026-03-09", "2026-03-15"], ["day", "2026-03-15", "2026-03-15", "2026-03-15"], ["agenda", "2026-03-15", "2026-03-15", "2026-04-13"],
  ] as const)("%s around %s", (mode, day, first, last) => expect(periodOf(mode, day)).toEqual({ first, last }));
  test.each([["month", "2026-01-31", "2026-02-01"], ["week", "2026-01-31", "2026-02-07"], ["agenda", "2026-01-31", "2026-03-02"]] as const)("after %s of %s", (mode, day, next) => expect(stepDay(mode, day, 1)).toBe(next));
});

describe("clock", () => {
  test.each([
    ["2026-03-08T06:59:00Z", NEW_YORK, "2026-03-08", 119], ["2026-03-08T07:00:00Z", NEW_YORK, "2026-03-08", 180], ["2026-02-28T16:30:00Z", SHANGHAI, "2026-03-01", 30],
  ])("%s in %s", (moment, zone, day, minute) => {
    expect(wallOf(new Date(moment), zone)).toEqual({ day, minute });
    expect(momentOf({ day, minute }, zone)).toBe(moment);
  });
  test("every quarter of an hour of a year comes back, but those that clocks skip", () => {
    const lost: string[] = [];
    for (let quarter = 0; quarter < 365 * 96; quarter += 1) {
      const wall = addToWall({ day: "2026-01-01", minute: 0 }, 0, quarter * 15);
      const again = wallOf(new Date(momentOf(wall, NEW_YORK)), NEW_YORK);
      if (again.day !== wall.day || again.minute !== wall.minute) lost.push(`${wall.day} ${wall.minute}`);
    }
    expect(lost).toEqual(["2026-03-08 120", "2026-03-08 135", "2026-03-08 150", "2026-03-08 165"]);
  });
});

const days = (end: string | null = "last"): CalendarFrame => ({ settings: { start: "first", end, title: null, mode: "month" }, timed: false, zone: SHANGHAI });
const times: CalendarFrame = { settings: { start: "begins", end: "ends", title: null, mode: "week" }, timed: true, zone: SHANGHAI };
const record = (values: Record<string, string | null>, id = 1) => ({ id, revision: 1, title: "x", ...values });
const entry = (frame: CalendarFrame, values: Record<string, string | null>, id = 1): Entry => entryOf(record(values, id), frame) as Entry;

describe("entries", () => {
  test.each([
    [{ first: "2026-03-01", last: "2026-03-03" }, "2026-03-01", "2026-03-03"],
    [{ first: "2026-03-01", last: null }, "2026-03-01", "2026-03-01"],
    [{ first: "2026-03-05", last: "2026-03-01" }, "2026-03-05", "2026-03-05"],
  ])("%j", (values, first, last) => expect(entry(days(), values)).toMatchObject({ first, last, from: null, to: null }));
  test("without a start there is none", () => expect(entryOf(record({ first: null, last: "2026-03-01" }), days())).toBeNull());
  test.each([
    ["2026-02-28T16:30:00Z", "2026-02-28T18:00:00Z", "2026-03-01", "2026-03-01", 30, 120],
    ["2026-02-28T12:00:00Z", "2026-02-28T16:00:00Z", "2026-02-28", "2026-02-28", 1200, 1440],
    ["2026-02-28T12:00:00Z", "2026-02-28T16:30:00Z", "2026-02-28", "2026-03-01", null, null],
    ["2026-02-28T15:30:00Z", null, "2026-02-28", "2026-02-28", 1410, 1440],
    ["2026-02-28T12:00:00Z", "2026-02-28T11:00:00Z", "2026-02-28", "2026-02-28", 1200, 1260],
  ] as const)("from %s to %s", (begins, ends, first, last, from, to) => expect(entry(times, { begins, ends })).toMatchObject({ first, last, from, to }));
});

describe("moving", () => {
  test("days move together", () => {
    expect(movedValues(entry(days(), { first: "2026-03-30", last: "2026-04-02" }), days(), 3)).toEqual({ first: "2026-04-02", last: "2026-04-05" });
    expect(movedValues(entry(days(null), { first: "2026-03-30" }), days(null), -1)).toEqual({ first: "2026-03-29" });
  });
  test("the time on the wall stays when clocks change in between", () => {
    const frame = { ...times, zone: NEW_YORK };
    const before = entry(frame, { begins: "2026-03-07T14:00:00Z", ends: "2026-03-07T15:00:00Z" });
    expect(movedValues(before, frame, 1)).toEqual({ begins: "2026-03-08T13:00:00Z", ends: "2026-03-08T14:00:00Z" });
    expect(movedValues(before, frame, 0, 30)).toEqual({ begins: "2026-03-07T14:30:00Z", ends: "2026-03-07T15:30:00Z" });
  });
  test("an end is never before its start", () => {
    const three = entry(days(), { first: "2026-03-01", last: "2026-03-03" });
    expect(endedOn(three, days(), "2026-03-09")).toEqual({ last: "2026-03-09" });
    expect(endedOn(three, days(), "2026-02-28")).toBeNull();
    expect(endedOn(entry(days(null), { first: "2026-03-01" }), days(null), "2026-03-05")).toBeNull();
    const hour = entry(times, { begins: "2026-03-01T01:00:00Z", ends: "2026-03-01T02:00:00Z" });
    expect(endedAt(hour, times, { day: "2026-03-01", minute: 0 })).toEqual({ ends: "2026-03-01T01:15:00Z" });
    expect(endedOn(hour, times, "2026-03-02")).toEqual({ ends: "2026-03-02T02:00:00Z" });
  });
  test("a new record begins where somebody clicked", () => {
    expect(valuesAt(days(), "2026-03-01", null)).toEqual({ first: "2026-03-01" });
    expect(valuesAt(times, "2026-03-01", 600)).toEqual({ begins: "2026-03-01T02:00:00Z", ends: "2026-03-01T03:00:00Z" });
  });
});

describe("layout", () => {
  const bars = layBars(
    [
      entry(days(), { first: "2026-03-04", last: "2026-03-04" }, 1), entry(days(), { first: "2026-02-20", last: "2026-03-03" }, 2),
      entry(days(), { first: "2026-03-03", last: "2026-03-20" }, 3), entry(days(), { first: "2026-03-09", last: "2026-03-09" }, 4),
    ],
    "2026-03-02",
  );
  test("bars stay within their week and share no lane on a day", () => {
    expect(bars.map(({ entry: { record: { id } }, column, span, lane, before, after }) => [id, column, span, lane, before, after])).toEqual([
      [2, 0, 2, 0, true, false], [3, 1, 6, 1, false, true], [1, 2, 1, 0, false, false],
    ]);
    expect(hiddenBars(bars, 1)).toEqual([0, 1, 1, 1, 1, 1, 1]);
  });
  const at = (id: number, from: number, to: number): Entry => ({ record: record({}, id), first: "2026-03-02", last: "2026-03-02", from, to });
  test("boxes that overlap stand beside each other", () => {
    const { boxes, crowds } = layBoxes([at(1, 60, 120), at(2, 90, 150), at(3, 120, 180), at(4, 300, 330)], "2026-03-02", 4);
    expect(boxes.map(({ entry: { record: { id } }, column, columns }) => [id, column, columns])).toEqual([[1, 0, 2], [2, 1, 2], [3, 0, 2], [4, 0, 1]]);
    expect(crowds).toEqual([]);
  });
  test("what has no room is counted", () => {
    const { boxes, crowds } = layBoxes([1, 2, 3, 4, 5].map((id) => at(id, 60, 60 + id * 10)), "2026-03-02", 3);
    expect(boxes).toHaveLength(2);
    expect(crowds).toEqual([{ from: 60, to: 90, count: 3 }]);
  });
});

test("holidays and make-up days go before the week", () => {
  const kindOf = dayKinds({ weekdays: [1, 2, 3, 4, 5], days: [{ day: "2026-10-01", working: false, name: "National Day" }, { day: "2026-10-10", working: true, name: "Make-up" }] });
  expect(kindOf("2026-10-01")).toEqual({ working: false, name: "National Day" });
  expect(kindOf("2026-10-10").working).toBe(true);
  expect([kindOf("2026-10-11").working, kindOf("2026-10-12").working]).toEqual([false, true]);
  expect(daysBetween("2026-10-01", "2026-10-10")).toBe(9);
});
