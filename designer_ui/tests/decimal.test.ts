import { expect, test } from "vitest";
import { decimalJson, decimalText, readDecimal, roundDecimal, shiftPoint } from "@/model/decimal";

test.each([
  ["12", "12"],
  ["1,234.50", "1234.5"],
  ["１２．５", "12.5"],
  ["¥ 1 000", "1000"],
  ["-¥5", "-5"],
  ["15%", "15"],
  [".5", "0.5"],
  ["+7", "7"],
  ["-0", "0"],
  ["007", "7"],
  ["12345678901234567890.123456789", "12345678901234567890.123456789"],
  ["", null],
  ["abc", null],
  ["1.2.3", null],
  ["--1", null],
])("reads %s as %s", (typed, expected) => {
  expect(readDecimal(typed)).toBe(expected);
});

test.each([
  ["15", -2, "0.15"],
  ["0.15", 2, "15"],
  ["0.125", 2, "12.5"],
  ["-5", -2, "-0.05"],
  ["12345678901234567890", -2, "123456789012345678.9"],
  ["0", 2, "0"],
])("moves the point of %s by %i to %s", (text, places, expected) => {
  expect(shiftPoint(text, places)).toBe(expected);
});

test.each([
  ["1.005", 2, "1.01"],
  ["2.5", 0, "3"],
  ["-2.5", 0, "-3"],
  ["9.999", 2, "10"],
  ["0.04", 1, "0"],
  ["1.2", 4, "1.2"],
])("rounds %s to %i places: %s", (text, places, expected) => {
  expect(roundDecimal(text, places)).toBe(expected);
});

test("numbers of more than fifteen digits stay text", () => {
  expect(decimalJson("123456789012345")).toBe(123456789012345);
  expect(decimalJson("1234567890123456")).toBe("1234567890123456");
  expect(decimalJson("0.000000000000001")).toBe(1e-15);
});

test("exponents are written out", () => {
  expect(decimalText(1e-7)).toBe("0.0000001");
  expect(decimalText(1.5e21)).toBe("1500000000000000000000");
  expect(decimalText("12.50")).toBe("12.50");
});
