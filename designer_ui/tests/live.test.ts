import { describe as group, expect, test } from "vitest";
import type { Describe, FieldInfo, Json, LiveProgram, Prepared, Values } from "@/api";
import { compute, isComputable, issuesOfServer, valuesToAsk } from "@/model/live";

const label = { en: "Label", zh: "标签" };
const field = (type: string, more: object = {}): FieldInfo => ({ type, label, settings: {}, ...more }) as FieldInfo;
const money = { settings: { decimals: 2 } };
const described = {
  fields: {
    price: field("money", money),
    qty: field("number", { settings: { decimals: 2, maximum: 100 } }),
    total: field("formula", { result: "money", read_only: true, ...money }),
    far: field("formula", { result: "number", read_only: true, settings: { decimals: 0 } }),
    near: field("formula", { result: "number", read_only: true, settings: { decimals: 0 } }),
    text: field("text"),
    mail: field("email"),
  },
  system_fields: { created_at: field("datetime"), owner: field("user") },
} as unknown as Describe;

const read = (key: string): Json => ["zero_if_blank", { field: key }];
const number = (digits: string): Json => ({ number: digits });
const TOTAL = { field: "total", value: ["multiply", read("price"), read("qty")] as Json };
const MANY = { en: "Too many", zh: "太多" };

function program(parts: Partial<LiveProgram> = {}): LiveProgram {
  return {
    formulas: [TOTAL], visible: {}, required: {}, read_only: {}, sections: {}, validations: [], rules: [], asks: [], asks_new: [], complete: true,
    viewer: { user_id: 5, department_ids: [11], organisation_id: null, roles: ["sales"], time_zone: "Asia/Shanghai" },
    ...parts,
  };
}

const NOTHING: Prepared = { values: {}, fields: {}, sections: {}, issues: [] };

function run(parts: Partial<LiveProgram>, changed: Values, { base = {}, prepared = NOTHING, isNew = false }: { base?: Values; prepared?: Prepared; isNew?: boolean } = {}) {
  const values = { ...base, ...changed, ...prepared.values };
  return compute({ describe: described, program: program(parts), isNew, values, base, changed, prepared, lines: {}, now: new Date("2026-03-31T16:30:00Z") });
}

test("formulas are computed exactly and rounded as their fields store them", () => {
  expect(run({}, { price: 1.005, qty: 3 }).values).toEqual({ total: 3.03 });
  expect(run({}, { price: "123456789012345678.55", qty: 2 }).values).toEqual({ total: "246913578024691357.1" });
  expect(run({}, {}).values).toEqual({ total: 0 });
});

test("a formula looks at those before it, and at what the server computed", () => {
  const near = { field: "near", value: ["add", ["add", read("total"), read("far")], number("0.5")] as Json };
  const prepared = { ...NOTHING, values: { far: 7 } };
  expect(run({ formulas: [TOTAL, near] }, { price: 2, qty: 2 }, { prepared }).values).toEqual({ total: 4, near: 12 });
});

test("an error value is a blank", () => {
  const broken = { field: "total", value: ["divide", read("price"), read("qty")] as Json };
  expect(run({ formulas: [broken] }, { price: 1 }).values).toEqual({ total: null });
});

test("a new record belongs to the person who types and begins now", () => {
  const mine: Json = ["AND", ["equal", { field: "owner" }, ["ME"]], ["equal", ["date_of_moment", { field: "created_at" }], ["TODAY"]]];
  const base = { owner: { id: 5, name: "Ann" } };
  expect(run({ sections: { more: mine } }, {}, { base, isNew: true }).sections).toEqual({ more: { visible: true } });
  expect(run({ sections: { more: mine } }, {}, { base }).sections).toEqual({ more: { visible: false } });
});

group("states of fields", () => {
  const isOne: Json = ["equal", { field: "qty" }, number("1")];

  test("a hidden field is not required", () => {
    const parts = { visible: { text: [true, isOne] }, required: { text: true } };
    expect(run(parts, { qty: 1 }).fields).toEqual({ text: { visible: true, required: true, read_only: false } });
    expect(run(parts, { qty: 2 }).fields).toEqual({ text: { visible: false, required: false, read_only: false } });
  });

  test("what is not computed here is as the server said", () => {
    const prepared = { ...NOTHING, fields: { text: { visible: false, required: true, read_only: true } } };
    expect(run({ read_only: { text: isOne } }, { qty: 2 }, { prepared }).fields).toEqual({ text: { visible: false, required: false, read_only: false } });
    expect(run({ required: { text: isOne } }, { qty: 2 }, { prepared }).fields).toEqual({ text: { visible: false, required: false, read_only: true } });
  });
});

group("messages", () => {
  const few: Json = ["lt", { field: "qty" }, number("10")];
  const validation = { field: "qty", holds: few, message: MANY };
  const rule = { when: true as Json, holds: few, message: MANY, field: null };

  test.each([
    ["a validation that does not hold", { validations: [validation] }, { qty: 10 }, [{ field: "qty", message: MANY }]],
    ["one that holds", { validations: [validation] }, { qty: 9 }, []],
    ["blank fields are not validated", { validations: [validation] }, {}, []],
    ["hidden fields are not validated", { validations: [validation], visible: { qty: [false as Json] } }, { qty: 10 }, []],
    ["a rule is about blanks too", { rules: [rule] }, {}, [{ field: "", message: MANY }]],
    ["a rule only when its condition holds", { rules: [{ ...rule, when: false as Json }] }, {}, []],
    ["nothing is said of what the server refuses anyway", { validations: [validation], rules: [rule] }, { qty: 1000 }, []],
  ])("%s", (_, parts, changed, issues) => {
    expect(run(parts, changed).issues).toEqual(issues);
  });

  test("a rule compares with the record before the change, which a new one has not", () => {
    const grows = { ...rule, holds: ["gt", { field: "qty" }, { field: "$old.qty" }] as Json };
    const base = { qty: 5 };
    expect(run({ rules: [grows] }, { qty: 4 }, { base }).issues).toHaveLength(1);
    expect(run({ rules: [grows] }, { qty: 6 }, { base }).issues).toHaveLength(0);
    expect(run({ rules: [grows] }, { qty: 6 }, { isNew: true }).issues).toHaveLength(1);
  });

  test("the server's word on the same conditions is left out, the rest stays", () => {
    const own = { path: "/qty", code: "rule", message: "太多" };
    const others = [{ path: "/qty", code: "rule", message: "Far" }, { path: "/mail", code: "value_not_email", message: "Too many" }];
    expect(issuesOfServer(program({ rules: [rule] }), [own, ...others])).toEqual(others);
  });
});

group("what the server is asked about", () => {
  const asks = program({ asks: ["text"], asks_new: ["text", "price"] });

  test.each([
    ["numbers are not", { price: 1, qty: 2 }, false, {}],
    ["fields that only the server judges by", { price: 1, text: "a" }, false, { text: "a" }],
    ["those of defaults in a new record", { price: 1 }, true, { price: 1 }],
    ["what is out of bounds", { qty: 101 }, false, { qty: 101 }],
    ["what is no number", { qty: "three" }, false, { qty: "three" }],
    ["addresses of mail", { mail: "a@example.com" }, false, { mail: "a@example.com" }],
    ["blanks are not", { mail: null, qty: "" }, false, {}],
  ])("%s", (_, changed, isNew, expected) => {
    expect(valuesToAsk(described, asks, isNew, changed as Values)).toEqual(expected);
  });
});

test("a program with an operation of a newer server is left to the server", () => {
  expect(isComputable(program())).toBe(true);
  expect(isComputable(program({ sections: { more: ["NOT", ["TOMORROW", number("1")]] } }))).toBe(false);
});
