import { describe, expect, test } from "vitest";
import { firstRead, readDate, readNumber } from "../../src/runtime/import/samples";
import { inOrder } from "../../src/runtime/import/sequence";

/** Text, order, and the day it is. */
test.each([
  ["20-10-16", "dmy", "2016-10-20"],
  ["10/20/2016", "mdy", "2016-10-20"],
  ["16.10.20", "ymd", "2016-10-20"],
  ["01-03-70", "dmy", "1970-03-01"],
  ["2016-10-20 08:30", "ymd", "2016-10-20"],
  ["20-10-16", "mdy", null],
  ["2016-10-20", "dmy", null],
  ["soon", "dmy", null],
] as const)("%s read as %s is %s", (text, order, day) => {
  expect(readDate(text, order)).toBe(day);
});

test.each([
  ["1,100.04", "point", "1100.04"],
  ["1.100,04", "comma", "1100.04"],
  ["1 100,5", "comma", "1100.5"],
  ["-3.5", "point", "-3.5"],
  ["1.2.3", "point", null],
  ["many", "comma", null],
] as const)("%s with a decimal %s is %s", (text, style, number) => {
  expect(readNumber(text, style)).toBe(number);
});

test("the first sample that can be read is the example", () => {
  expect(firstRead(["", "x", "1,5", "2,5"], (text) => readNumber(text, "comma"))).toEqual(["1,5", "1.5"]);
  expect(firstRead(["x"], (text) => readNumber(text, "comma"))).toBeNull();
});

describe("the order of files", () => {
  const order = (...files: (readonly [string, ...string[]])[]): readonly string[] => inOrder(files.map(([form, ...names]) => ({ form, names }))).map((file) => file.form);
  test("what is named comes before what names it", () => {
    expect(order(["deal", "account", "product"], ["account", "account"], ["product"])).toEqual(["account", "product", "deal"]);
  });
  test("forms that are not among the files do not count", () => {
    expect(order(["deal", "user"], ["account"])).toEqual(["deal", "account"]);
  });
  test("files that name each other stay as they came", () => {
    expect(order(["a", "b"], ["b", "a"], ["c", "a"])).toEqual(["a", "b", "c"]);
  });
});
