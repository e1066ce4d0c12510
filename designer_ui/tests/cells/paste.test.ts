import { describe, expect, test } from "vitest";
import type { FieldInfo, Json } from "@/api";
import { isUnreadable, planPaste, readCell, readTable, settledValue, takesText, writeTable } from "@/model/cells";
import { field } from "../lines/fixture";

const toMoment = (wall: string) => `zoned ${wall}`;
const options = { options: { new: { label: { en: "New", zh: "新建" } }, won: { label: { en: "Won, at last", zh: "赢单" } } } };
const decimals = { settings: { decimals: 2 } };

describe("the clipboard of a spreadsheet", () => {
  test.each<[string, string, string[][]]>([
    ["cells and rows", "a\tb\nc\td", [["a", "b"], ["c", "d"]]],
    ["the break at the end is no row", "a\r\nb\r\n", [["a"], ["b"]]],
    ["blank cells stay", "a\t\t\n\tb\t", [["a", "", ""], ["", "b", ""]]],
    ["quotes around tabs, lines and quotes", '"a\tb"\t"c\nd"\t"say ""hi"""', [["a\tb", "c\nd", 'say "hi"']]],
    ["a quote that nothing closes", '5" pipe\t"x', [['5" pipe', '"x']]],
    ["one cell", "a", [["a"]]],
  ])("%s", (_, text, table) => {
    expect(readTable(text)).toEqual(table);
  });

  test("what is written is read again", () => {
    const table = [["a\tb", 'say "hi"', ""], ["c\nd", "5", "é中"]];
    expect(readTable(writeTable(table))).toEqual(table);
  });
});

describe("a cell's text as a value", () => {
  test.each<[FieldInfo, string, Json]>([
    [field("text"), "  a\nb ", "a b"],
    [field("long_text"), "a\nb", "a\nb"],
    [field("number", decimals), "1,234.567", 1234.57],
    [field("number"), "１２３", 123],
    [field("number"), "(12)", -12],
    [field("number"), "1.234,5", 1234.5],
    [field("number"), "15%", 0.15],
    [field("number", { settings: { unit: "kg" } }), "3 kg", 3],
    [field("money", decimals), "¥ 1,234.50", 1234.5],
    [field("money", decimals), "CNY 5", 5],
    [field("money", decimals), "-$5", -5],
    [field("money", decimals), "5 元", 5],
    [field("money", decimals), "123456789012345678.9", "123456789012345678.9"],
    [field("percent", decimals), "15%", 0.15],
    [field("percent", decimals), "15", 0.15],
    [field("rating"), "★★★", 3],
    [field("boolean"), "是", true],
    [field("boolean"), "No", false],
    [field("date"), "2026-1-5", "2026-01-05"],
    [field("date"), "2026/01/31 0:00", "2026-01-31"],
    [field("date"), "2026年1月31日", "2026-01-31"],
    [field("date"), "1/31/2026", "2026-01-31"],
    [field("date"), "31/1/2026", "2026-01-31"],
    [field("date"), "Jan 31, 2026", "2026-01-31"],
    [field("date"), "31-Jan-26", "2026-01-31"],
    [field("date"), "20260131", "2026-01-31"],
    [field("time"), "8:30 PM", "20:30:00"],
    [field("time"), "下午8:30", "20:30:00"],
    [field("time"), "8:05", "08:05:00"],
    [field("datetime"), "2026/1/31 8:30", "zoned 2026-01-31T08:30:00"],
    [field("datetime"), "2026-01-31T08:30:00Z", "2026-01-31T08:30:00Z"],
    [field("datetime"), "2026年1月31日 下午3:05", "zoned 2026-01-31T15:05:00"],
    [field("datetime"), "2026-01-31", "zoned 2026-01-31T00:00:00"],
    [field("choice", { settings: options }), "新建", "new"],
    [field("choice", { settings: options }), "won, AT last", "won"],
    [field("choice", { settings: options }), "won", "won"],
    [field("multi_choice", { settings: options }), "New、赢单", ["new", "won"]],
    [field("multi_choice", { settings: options }), "Won, at last", ["won"]],
    [field("address"), "1 Main St", { detail: "1 Main St" }],
    [field("rich_text"), "a<b\nc", "<p>a&lt;b</p><p>c</p>"],
    [field("number"), "   ", null],
  ])("%j reads %s", (info, text, value) => {
    expect(readCell(info, text, toMoment)).toEqual({ value });
  });

  test.each<[FieldInfo, string]>([
    [field("number"), "three"],
    [field("money"), "1.2.3"],
    [field("date"), "2026-02-30"],
    [field("date"), "soon"],
    [field("time"), "25:00"],
    [field("datetime"), "8:30"],
    [field("choice", { settings: options }), "Lost"],
    [field("multi_choice", { settings: options }), "New, Lost"],
    [field("boolean"), "perhaps"],
    [field("rating"), "9"],
  ])("%j cannot read %s, and the text is known for what it is", (info, text) => {
    expect(readCell(info, text, toMoment)).toEqual({ unreadable: true });
    expect(isUnreadable(info, text)).toBe(true);
  });

  test.each<[FieldInfo, Json]>([
    [field("number"), "123456789012345678.9"],
    [field("date"), "2026-01-31"],
    [field("datetime"), "2026-01-31T08:30:00Z"],
    [field("time"), "08:30:00"],
    [field("choice", { settings: options }), "new"],
    [field("multi_choice", { settings: options }), ["new"]],
    [field("user"), { id: 1, name: "Ann" }],
    [field("relation"), 7],
    [field("text"), "anything"],
    [field("number"), null],
  ])("%j holds %j, which is no text that could not be read", (info, value) => {
    expect(isUnreadable(info, value)).toBe(false);
  });

  test("files and what is computed take no text", () => {
    expect([field("file"), field("formula", { read_only: true }), field("text", { read_only: true }), field("text")].map(takesText)).toEqual([false, false, false, true]);
  });
});

describe("pasting", () => {
  const columns = [
    { key: "name", field: field("text") },
    { key: "sum", field: field("formula", { read_only: true }) },
    { key: "qty", field: field("number") },
    { key: "who", field: field("user") },
  ];
  const paste = (text: string, more: object = {}) =>
    planPaste(readTable(text), { columns, range: { top: 0, bottom: 0, left: 0, right: 0 }, rows: 2, most: 4, isClosed: () => false, toMoment, ...more });

  test("fills from the active cell on and adds lines", () => {
    const pasted = paste("a\t9\t1\nb\t9\t2\nc\t\t3");
    expect(pasted.changes).toEqual([
      { row: 0, field: "name", value: "a" }, { row: 0, field: "qty", value: 1 },
      { row: 1, field: "name", value: "b" }, { row: 1, field: "qty", value: 2 },
      { row: 2, field: "name", value: "c" }, { row: 2, field: "qty", value: 3 },
    ]);
    expect(pasted).toMatchObject({ added: 1, unreadable: [], outside: 0, bottom: 2, right: 2 });
    expect(pasted.closed).toHaveLength(2);
  });

  test("counts what has no place: beyond the last column, and beyond the most lines", () => {
    expect(paste("1\tx\ty\n2", { range: { top: 3, bottom: 3, left: 2, right: 2 } })).toMatchObject({ added: 2, outside: 2, bottom: 3, right: 3 });
  });

  test.each<[string, FieldInfo, Json, Json]>([
    ["the one that was copied among several of a name", field("user"), { id: 7, name: "Li Wei" }, { id: 7, name: "Li Wei" }],
    ["only text where the copied field is of another type", field("text"), "Li Wei", "Li Wei"],
    ["only text where the value stood there unread", field("user"), "Li Wei", "Li Wei"],
  ])("takes from a copied cell %s", (_, from, value, expected) => {
    const pasted = paste("Li Wei", { range: { top: 0, bottom: 1, left: 3, right: 3 }, origins: [[{ field: from, value }]] });
    expect(pasted.changes).toEqual([{ row: 0, field: "who", value: expected }, { row: 1, field: "who", value: expected }]);
    expect(pasted.pending).toHaveLength(typeof expected === "string" ? 2 : 0);
  });

  test("keeps what cannot be read as it stands", () => {
    const pasted = paste("many", { range: { top: 0, bottom: 0, left: 2, right: 2 } });
    expect(pasted).toMatchObject({ unreadable: [{ row: 0, field: "qty", text: "many" }], changes: [{ row: 0, field: "qty", value: "many" }] });
  });

  test("leaves cells that a rule has closed", () => {
    expect(paste("a", { isClosed: (row: number) => row === 0 })).toMatchObject({ closed: [{ row: 0, text: "a" }], changes: [] });
  });

  test("one cell fills the selection, a block repeats where it fits", () => {
    const rows = (text: string, bottom: number) => paste(text, { range: { top: 0, bottom, left: 2, right: 2 } }).changes.map(({ value }) => value);
    expect(rows("7", 3)).toEqual([7, 7, 7, 7]);
    expect(rows("7\n8", 3)).toEqual([7, 8, 7, 8]);
    expect(rows("7\n8", 2)).toEqual([7, 8]);
  });

  test("names are looked up, by name or e-mail address, and must be one person's", () => {
    const [pending] = paste("Ann", { range: { top: 0, bottom: 0, left: 3, right: 3 } }).pending;
    if (!pending) throw new Error("nothing to look up");
    const ann = { name: "ann", other: "ann@example.com", value: { id: 1, name: "Ann" } };
    expect(settledValue(pending, [ann])).toEqual({ id: 1, name: "Ann" });
    expect(settledValue({ ...pending, names: ["ANN@example.com"] }, [ann])).toEqual({ id: 1, name: "Ann" });
    expect(settledValue(pending, [ann, { ...ann, value: { id: 2, name: "Ann" } }])).toBeNull();
    expect(settledValue({ ...pending, several: true, names: ["Ann", "Bo"] }, [ann])).toBeNull();
    expect(settledValue({ ...pending, several: true }, [ann])).toEqual([{ id: 1, name: "Ann" }]);
  });
});
