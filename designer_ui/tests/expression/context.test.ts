import { callAt, contextAt, pathsIn, scan, type Context } from "@/model/expression";
import { describe, expect, test } from "vitest";

/** The cursor stands at "|"; what is expected of the context there. */
const CASES: readonly (readonly [string, Partial<Context> | Record<string, unknown>])[] = [
  ["|", { kind: "word", typed: "" }],
  ["rou|", { kind: "word", typed: "rou", from: 0, to: 3 }],
  ["1 + 数|", { kind: "word", typed: "数", from: 4 }],
  ["{|", { kind: "path", before: [], typed: "", from: 1, to: 1 }],
  ["{acc|", { kind: "path", before: [], typed: "acc", from: 1, to: 4 }],
  ["{acc| + 1", { kind: "path", typed: "acc", to: 4 }],
  ["{account.le|}", { kind: "path", before: ["account"], typed: "le", from: 9, to: 12 }],
  ["SUM({receipts.|)", { kind: "path", before: ["receipts"], typed: "", to: 14 }],
  ['"abc|"', { kind: "none" }],
  ['{status} = "w|"', { kind: "option", path: "status", prefix: "", typed: "w", from: 11, to: 14 }],
  ['{status} = "w|', { kind: "option", to: 13 }],
  ["{status} = |", { kind: "option", path: "status", typed: "" }],
  ["{status} <> |", { kind: "option", path: "status" }],
  ["{qty} + |", { kind: "word", typed: "" }],
  ['IN({status}, "open", "|")', { kind: "option", path: "status" }],
  ['SWITCH({status}, "|"', { kind: "option", path: "status" }],
  ['COUNTIFS({receipts.kind}, "<>c|")', { kind: "option", path: "receipts.kind", prefix: "<>", typed: "c" }],
  ['SUMIFS({receipts.amount}, {receipts.kind}, "|")', { kind: "option", path: "receipts.kind" }],
  ['SUMIFS({receipts.amount}, {receipts.kind}, "cash", |', { kind: "word" }],
  ['IF({status} & "x" = "|"', { kind: "none" }],
  ["ROUND(1.5|", { kind: "none" }],
];

describe("what is written at the cursor", () => {
  test.each(CASES)("%s", (marked, wanted) => {
    const at = marked.indexOf("|");
    expect(contextAt(marked.replace("|", ""), at)).toMatchObject(wanted);
  });
});

describe("the call around the cursor", () => {
  test.each([
    ["ROUND(|", "ROUND", 0],
    ["ROUND(1, |", "ROUND", 1],
    ["ROUND(SUM(1, 2), |)", "ROUND", 1],
    ["ROUND(SUM(1, |2), 3)", "SUM", 1],
    ["sum((1 + 2|), 3)", "SUM", 0],
    ['IF("a,b(" = {x, |', "IF", 1],
  ])("%s", (marked, name, index) => {
    expect(callAt(marked.replace("|", ""), marked.indexOf("|"))).toMatchObject({ name, index });
  });

  test.each(["|ROUND(1)", "ROUND(1)|", "1 + (2|)", "|"])("none: %s", (marked) => {
    expect(callAt(marked.replace("|", ""), marked.indexOf("|"))).toBeNull();
  });
});

describe("scanning", () => {
  test("no character is lost and nothing throws, whatever the text", () => {
    for (const text of ['IF({a}="x""y", 1.5, “中文”)', "{", '"', "😀 + {a.b", "a&&b||c<>d", "\\@#", "1..2"]) {
      const tokens = scan(text);
      expect(tokens.map((token) => token.text).join("")).toBe(text.replace(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ""));
      for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.text);
    }
  });

  test("the paths of an expression come once each", () => {
    expect(pathsIn('SUM({ receipts.amount }) + {qty} + {qty} & "{no}" & {open')).toEqual(["receipts.amount", "qty"]);
  });
});
