import { describe, expect, test } from "vitest";
import type { Describe, Json, LiveProgram, Values } from "@/api";
import { enteredLines, givenToLines, jsonOfLines, linesOf, newLine, setCells, type Lines } from "@/model/lines";
import { NO_PROGRAM, compute, isComputable, valuesToAsk } from "@/model/live";
import { FEW, LINES, LINE_PROGRAM, field } from "./fixture";

const described = {
  fields: { rate: field("number"), total: field("formula", { result: "money", read_only: true, settings: { decimals: 2 } }), count: field("formula", { result: "number" }), lines: LINES },
  system_fields: {},
} as unknown as Describe;
const PROGRAM: LiveProgram = {
  ...NO_PROGRAM,
  formulas: [{ field: "total", value: ["SUM", { field: "lines.amount" }] }, { field: "count", value: ["COUNT", { field: "lines.id" }] }],
  viewer: LINE_PROGRAM.viewer,
};
const NOTHING = { values: {}, fields: {}, sections: {}, issues: [] };
const STORED: Json = [{ id: 1, price: 10, qty: 1 }, { id: 2, price: 20, qty: 2 }];

interface More {
  readonly field?: typeof LINES;
  readonly given?: ReturnType<typeof givenToLines>;
  readonly values?: Values;
}

function run(lines: Lines, { field: subform = LINES, given = new Map(), values = {} }: More = {}) {
  const entered = enteredLines(subform, lines, STORED, given);
  const fields = { ...described.fields, lines: subform };
  return compute({
    describe: { ...described, fields }, program: PROGRAM, isNew: false, values, base: {}, changed: values, prepared: NOTHING, lines: { lines: entered },
    now: new Date("2026-03-31T16:30:00Z"),
  });
}

const stored = linesOf(STORED);

describe("lines while somebody types", () => {
  test("their formulas, the record's over them, and theirs over the record's", () => {
    const { lines, values } = run(setCells(stored, [{ row: 0, field: "qty", value: 4 }]));
    expect(lines["lines"]?.map((line) => [line.values["amount"], line.values["share"]])).toEqual([[40, 0.5], [40, 0.5]]);
    expect(values).toEqual({ total: 80, count: 2 });
  });

  test("decimals are exact", () => {
    const found = run(setCells(stored, [{ row: 0, field: "price", value: 0.1 }, { row: 0, field: "qty", value: 3 }, { row: 1, field: "price", value: "1234567890123456.78" }]));
    expect(found.values["total"]).toBe("2469135780246913.86");
  });

  test("no lines and blank lines are computed with as blanks", () => {
    expect(run([]).values).toEqual({ total: 0, count: 0 });
    expect(run([newLine()]).values).toEqual({ total: 0, count: 1 });
  });

  test("rules of a line hold for that line", () => {
    const [first, second] = run(setCells(stored, [{ row: 0, field: "qty", value: 11 }, { row: 1, field: "qty", value: -1 }])).lines["lines"] ?? [];
    expect(first?.states["reason"]).toEqual({ visible: true, required: true, read_only: false });
    expect(second?.states["reason"]).toEqual({ visible: false, required: false, read_only: false });
    expect([first?.issues, second?.issues]).toEqual([[], [{ field: "qty", message: FEW }]]);
  });

  test("a text that is no number is computed with as it was, and the rules are silent about it", () => {
    const [first] = run(setCells(stored, [{ row: 0, field: "qty", value: "many" }])).lines["lines"] ?? [];
    expect([first?.values["amount"], first?.values["qty"], first?.issues]).toEqual([10, "many", []]);
  });

  test("only lines that changed are computed anew, as long as they do not look at the record", () => {
    const subform = { ...LINES, live: { ...LINE_PROGRAM, formulas: LINE_PROGRAM.formulas.slice(0, 1) } };
    const before = run(stored, { field: subform }).lines["lines"] ?? [];
    const after = run(setCells(stored, [{ row: 0, field: "qty", value: 9 }]), { field: subform }).lines["lines"] ?? [];
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([false, true]);
  });

  test("a program that this version cannot compute is left to the server, lines included", () => {
    const newer = { ...LINES, live: { ...LINE_PROGRAM, validations: [{ field: "qty", holds: ["TOMORROW"] as Json, message: FEW }] } };
    expect([isComputable(PROGRAM, { lines: LINES }), isComputable(PROGRAM, { lines: newer })]).toEqual([true, false]);
  });
});

describe("what the server gives to lines", () => {
  const line = newLine({ product: { id: 7, title: "Pump" } });
  const other = newLine({ price: 3 });
  const answer = { values: { lines: [{ id: null, price: 12.5, qty: 1 }, { id: null, price: 1, qty: 1 }] as Json }, lines: { lines: [{ code: { read_only: true } }, {}] } };
  const given = givenToLines(LINES, jsonOfLines([line, other]), answer, "lines");

  test("fills in what nobody typed, in the order in which it was asked", () => {
    const shown = run([other, line], { given }).lines["lines"] ?? [];
    expect(shown.map(({ values }) => [values["price"], values["qty"]])).toEqual([[3, 1], [12.5, 1]]);
    expect(shown[1]?.values["amount"]).toBe(12.5);
  });

  test("tells the states that the browser does not compute", () => {
    expect(run([line], { given }).lines["lines"]?.[0]?.states["code"]?.read_only).toBe(true);
  });

  test("lines that a new record begins with keep their keys from one drawing to the next", () => {
    const first = givenToLines(LINES, undefined, answer, "lines");
    expect([...first.keys()]).toEqual([...givenToLines(LINES, undefined, answer, "lines").keys()]);
    expect(first.size).toBe(2);
  });
});

describe("what the server is asked about", () => {
  const asked = (lines: Lines) => valuesToAsk(described, PROGRAM, false, { lines: jsonOfLines(lines) });

  test("typing numbers into stored lines asks nothing", () => {
    expect(asked(setCells(stored, [{ row: 0, field: "qty", value: 4 }]))).toEqual({});
  });

  test.each<[string, Lines]>([
    ["a new line, for its defaults", [newLine()]],
    ["a related record, for what it fills in", setCells(stored, [{ row: 0, field: "product", value: { id: 7, title: "Pump" } }])],
    ["a text that is no number", setCells(stored, [{ row: 0, field: "qty", value: "many" }])],
    ["a name that was not found", setCells(stored, [{ row: 0, field: "product", value: "Pump" }])],
  ])("%s", (_, lines) => {
    expect(Object.keys(asked(lines))).toEqual(["lines"]);
  });

  test("typing on in the same new line asks no more", () => {
    const line = newLine();
    expect(asked(setCells([line], [{ row: 0, field: "qty", value: 4 }]))).toEqual(asked([line]));
  });

  test("everything about lines of which the record asks", () => {
    const program = { ...PROGRAM, asks: ["lines"] };
    const lines = jsonOfLines(setCells(stored, [{ row: 0, field: "qty", value: 4 }]));
    expect(valuesToAsk(described, program, false, { lines })).toEqual({ lines });
  });
});
