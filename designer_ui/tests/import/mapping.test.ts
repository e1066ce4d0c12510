import { describe, expect, test } from "vitest";
import type { Describe, FieldInfo } from "../../src/api";
import { parseCsv } from "../../src/runtime/import/csv";
import type { ImportColumn } from "../../src/runtime/import/types";
import { importableFields, mapColumn, matchKeys, missingFields, suggestedMapping } from "../../src/runtime/import/mapping";

const field = (type: string, more: Partial<FieldInfo> = {}): FieldInfo => ({ type, label: { en: type, zh: type }, ...more });

const FORM: Describe = {
  app: "crm", key: "lead", label: { en: "Lead", zh: "线索" }, plural: null, icon: null, title: "{company}",
  fields: {
    no: field("autonumber", { read_only: true }),
    company: field("text", { required: true }),
    mobile: field("phone", { unique: true }),
    total: field("formula", { result: "money" }),
    files: field("file"),
  },
  order: ["no", "company", "mobile", "total", "files"],
  layout: [], facts: [], related: [], views: [], actions: ["import"], live: false,
  updating: [], duplicates: [], conversions: [], record_actions: [], timeline: {},
  workflows: [],
  system_fields: { owner: field("user"), created_at: field("datetime") },
};

test("only fields a file can fill are offered", () => {
  expect(importableFields(FORM)).toEqual(["company", "mobile", "owner"]);
});

describe("mapping", () => {
  const column = (name: string, suggestion: string | null): ImportColumn => ({ name, samples: [], suggestion, dates: null, numbers: null });
  const columns = [column("公司", "company"), column("Company", "company"), column("No", "no"), column("x", null)];
  test("a suggestion is taken once and only where it is allowed", () => {
    expect(suggestedMapping(columns, importableFields(FORM))).toEqual({ 公司: "company" });
  });
  test("choosing a field takes it from the column that had it", () => {
    expect(mapColumn({ a: "company" }, "b", "company")).toEqual({ b: "company" });
    expect(mapColumn({ a: "company", b: "mobile" }, "a", null)).toEqual({ b: "mobile" });
  });
  test("unique fields come first as keys, system fields never", () => {
    expect(matchKeys(FORM, { a: "company", b: "mobile", c: "owner" })).toEqual(["mobile", "company"]);
  });
  test("required fields without a column are named", () => {
    expect(missingFields(["company"], { b: "mobile" })).toEqual(["company"]);
    expect(missingFields(["company"], { a: "company" })).toEqual([]);
  });
});

/** Text, and the rows read from it (three at most). */
test.each([
  ["\ufeffRow,Name\r\n2,Acme\r\n", [["Row", "Name"], ["2", "Acme"]]],
  ['a,"b,""c"" \n d"\r\nx,\r\n', [["a", 'b,"c" \n d'], ["x", ""]]],
  ["1\n2\n3\n4\n", [["1"], ["2"], ["3"]]],
  ["1,2\r\n3,cut of", [["1", "2"]]],
  ["", []],
])("reads %j", (text, rows) => {
  expect(parseCsv(text, 3)).toEqual(rows);
});
