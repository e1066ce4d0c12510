import { describe, expect, test } from "vitest";
import type { Describe, FieldInfo } from "../../src/api";
import { blockerOf, firstPlan, lackingFields, orderOf, withChoice, withField, withValue, withWay, type Plan } from "../../src/runtime/import/plan";
import { namesOf, questionsOf } from "../../src/runtime/import/questions";
import type { FilePreview, SavedChoices, UnknownColumn } from "../../src/runtime/import/types";
import type { Ready } from "../../src/runtime/import/useFiles";

const field = (type: string, more: Partial<FieldInfo> = {}): FieldInfo => ({ type, label: { en: type, zh: type }, ...more });

const DEAL: Describe = {
  app: "crm", key: "deal", label: { en: "Deal", zh: "商机" }, plural: null, icon: null, title: "{no}",
  fields: {
    no: field("autonumber", { read_only: true }),
    number: field("text", { required: true, unique: true }),
    account: field("relation"),
    stage: field("choice"),
    opened: field("date"),
  },
  order: ["no", "number", "account", "stage", "opened"],
  layout: [], facts: [], related: [], views: [], actions: ["import", "create", "edit"], live: false,
  updating: [], duplicates: [], conversions: [], record_actions: [], timeline: {}, workflows: [],
  system_fields: {},
};

const column = (name: string, suggestion: string | null) => ({ name, samples: [], suggestion, dates: null, numbers: null });

const PREVIEW: FilePreview = {
  file: { id: 7, name: "deals.csv" }, format: "csv", encoding: "utf-8", delimiter: ",", sheets: [], sheet: null, rows: 3, warnings: [],
  columns: [column("id", "number"), column("customer", "account"), column("step", "stage"), column("day", "opened"), column("seq", null)],
  form: "deal", forms: [], saved: null, subforms: {}, demanded: ["number"],
  links: { account: { form: "account", label: { en: "Account", zh: "客户" }, find_by: [], create: true } },
};

const SAVED: SavedChoices = {
  form: "deal", mapping: { id: "number", customer: "account", gone: "stage", step: "not_there" }, match: "number", mode: "add", blank: "clear",
  several: "skip", columns: { customer: { create_missing: true }, gone: { unknown: "blank" } }, date_orders: { day: "dmy" },
};

const plan = (): Plan => firstPlan(PREVIEW, DEAL);

describe("the first plan", () => {
  test("takes the suggestions", () => {
    expect(plan()).toMatchObject({ form: "deal", mapping: { id: "number", customer: "account", step: "stage", day: "opened" }, way: "add", match: [] });
  });
  test("or the choices of the last time, as far as the file and the form still have them", () => {
    const saved = firstPlan({ ...PREVIEW, saved: SAVED }, DEAL);
    expect(saved).toMatchObject({ mapping: { id: "number", customer: "account" }, match: ["number"], way: "skip", blank: "clear", several: "skip" });
    expect(saved.columns).toEqual({ customer: { create_missing: true } });
    expect(saved.dateOrders).toEqual({});
  });
  test.each([
    ["without them", true, SAVED],
    ["of another form", false, { ...SAVED, form: "lead" }],
  ])("begins anew %s", (_name, afresh, saved) => {
    expect(firstPlan({ ...PREVIEW, saved }, DEAL, afresh)).toEqual(plan());
  });
});

describe("changes", () => {
  test("another field forgets what was chosen for the one before", () => {
    const chosen = withValue({ ...plan(), dateOrders: { step: "dmy" } }, "step", "Won", "won");
    const moved = withField(chosen, DEAL, "step", "account");
    expect(moved.mapping).toEqual({ id: "number", step: "account", day: "opened" });
    expect([moved.columns, moved.dateOrders]).toEqual([{}, {}]);
  });
  test("a way that looks records up begins with a unique field", () => {
    expect(withWay(plan(), DEAL, "update").match).toEqual(["number"]);
    expect(withWay({ ...plan(), mapping: { customer: "account", id: "number" } }, DEAL, "skip").match).toEqual(["number"]);
  });
  test("a key that no column fills any more is replaced", () => {
    const keyed = withWay(plan(), DEAL, "add_or_update");
    expect(withField(keyed, DEAL, "id", null).match).toEqual(["account"]);
  });
  test("a number that is given by the form only recognises records", () => {
    const numbered = withField(plan(), DEAL, "seq", "no");
    expect(numbered).toMatchObject({ way: "update", match: ["no"] });
    expect(orderOf(PREVIEW, numbered, DEAL)).toMatchObject({ mode: "update", match: ["no"], mapping: { seq: "no" } });
    const added = orderOf(PREVIEW, withWay(numbered, DEAL, "add"), DEAL);
    expect(added.match).toBeNull();
    expect(added.mapping).not.toHaveProperty("seq");
  });
  test("an answer can be taken back", () => {
    const answered = withValue(withValue(plan(), "step", "Wonn", "won"), "step", "x", "");
    expect(answered.columns).toEqual({ step: { values: { Wonn: "won", x: "" } } });
    expect(withValue(answered, "step", "x", null).columns).toEqual({ step: { values: { Wonn: "won" } } });
  });
});

test.each([
  ["nothing is mapped", { mapping: {} }, "nothing"],
  ["records are looked up by nothing", { way: "update" as const, match: [] }, "key"],
  ["all is said", {}, null],
])("what keeps it from going on: %s", (_name, part, blocker) => {
  expect(blockerOf({ ...plan(), ...part })).toBe(blocker);
});

test("only new records need the required fields", () => {
  const bare = { ...plan(), mapping: { customer: "account" } };
  expect(lackingFields(bare, PREVIEW)).toEqual(["number"]);
  expect(lackingFields({ ...bare, way: "update" }, PREVIEW)).toEqual([]);
});

test("the order says how columns are read, and of relations only what concerns them", () => {
  let chosen = withChoice(plan(), "customer", { find_by: "name", create_missing: true });
  chosen = withChoice(chosen, "step", { find_by: "name", create_missing: true, unknown: "blank" });
  chosen = withChoice({ ...chosen, way: "skip", match: ["number"], duplicates: true }, "seq", { unknown: "blank" });
  expect(orderOf(PREVIEW, chosen, DEAL)).toEqual({
    file: 7, form: "deal", mapping: { id: "number", customer: "account", step: "stage", day: "opened" }, match: ["number"], mode: "add",
    blank: "keep", several: "fail", encoding: "utf-8", delimiter: ",", sheet: null, date_orders: {}, confirm: "duplicates", lines: {},
    columns: { customer: { find_by: "name", create_missing: true }, step: { unknown: "blank" } },
  });
});

describe("files with lines", () => {
  const lines = field("subform", { fields: { product: field("relation"), qty: field("number") } });
  const ORDER: Describe = { ...DEAL, key: "order", fields: { ...DEAL.fields, lines }, order: [...DEAL.order, "lines"] };
  const several = (...ids: string[]): FilePreview => ({
    ...PREVIEW,
    form: "order",
    subforms: { lines: { label: { en: "Lines", zh: "明细" }, fields: [{ key: "product", label: lines.label }, { key: "qty", label: lines.label }] } },
    demanded: ["number", "lines", "lines.qty"],
    columns: [{ ...column("id", "number"), samples: ids }, column("article", "lines.product"), column("many", "lines.qty")],
  });

  test("columns go into lines, which are needed as a whole", () => {
    const found = firstPlan(several("A", "", "B"), ORDER);
    expect(found).toMatchObject({ mapping: { id: "number", article: "lines.product", many: "lines.qty" }, way: "add", match: [] });
    expect(lackingFields(withField(found, ORDER, "many", null), several())).toEqual(["lines.qty"]);
    expect(lackingFields({ ...found, mapping: { id: "number" } }, several())).toEqual(["lines"]);
    expect(blockerOf({ ...found, mapping: { many: "lines.qty" } })).toBe("nothing");
  });
  test("rows that repeat their record are held together by its key", () => {
    expect(firstPlan(several("A", "A", "B"), ORDER)).toMatchObject({ way: "skip", match: ["number"] });
  });
  test("what becomes of lines is said where records are updated, by keys that columns fill", () => {
    const found = firstPlan(several("A"), ORDER);
    expect(orderOf(several("A"), found, ORDER).lines).toEqual({});
    const updating = { ...withWay(found, ORDER, "update"), lines: { lines: { mode: "update" as const, match: ["product", "gone"] } } };
    expect(orderOf(several("A"), updating, ORDER).lines).toEqual({ lines: { mode: "update", match: ["product"] } });
    expect(blockerOf(updating)).toBeNull();
    expect(blockerOf(withField(updating, ORDER, "article", null))).toBe("key");
    expect(orderOf(several("A"), { ...updating, lines: {} }, ORDER).lines).toEqual({ lines: { mode: "replace", match: [] } });
  });
});

describe("questions about values", () => {
  const ready = (part: Partial<Plan> = {}): Ready => ({ key: 1, name: "deals.csv", busy: false, error: null, preview: PREVIEW, describe: DEAL, plan: { ...plan(), ...part } });
  const unknown = (name: string, ...values: (readonly [string, string | null])[]): UnknownColumn => ({
    column: name, field: "", more: 0, candidates: [], values: values.map(([value, suggestion]) => ({ value, suggestion, count: 1 })),
  });
  const asked = (entry: Ready, column: UnknownColumn, shown = new Set<string>()) => questionsOf([entry], [{ columns: [column] }], shown);

  test("likely answers are filled in", () => {
    const found = asked(ready(), unknown("step", ["Wonn", "won"], ["x", null]));
    expect(found.open).toBe(true);
    expect(found.plans.get(1)?.columns).toEqual({ step: { values: { Wonn: "won" } } });
  });
  test("nothing is asked twice", () => {
    const column = unknown("step", ["Wonn", "won"], ["x", null]);
    const shown = new Set(namesOf([ready()], [{ columns: [column] }]));
    expect(asked(ready(), column, shown)).toMatchObject({ open: false });
    expect(asked(ready({ columns: { step: { values: { Wonn: "lost" } } } }), unknown("step", ["Wonn", "won"])).open).toBe(false);
  });
  test("where missing records are made, only names like known ones are asked about, and stay as they are", () => {
    const found = asked(ready({ columns: { customer: { create_missing: true } } }), unknown("customer", ["Acmee", "Acme"], ["Zeta", null]));
    expect(found.unknown).toEqual([{ columns: [{ ...unknown("customer", ["Acmee", "Acme"]), more: 1 }] }]);
    expect(found.plans.get(1)?.columns.customer?.values).toBeUndefined();
    expect(asked(ready({ columns: { customer: { create_missing: true } } }), unknown("customer", ["Zeta", null])).open).toBe(false);
  });
});
