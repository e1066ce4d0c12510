import { describe, expect, it } from "vitest";
import type { Describe, FieldInfo, RecordJson } from "@/api";
import { describeLimited, fieldOn, isClosedOn, limitsOf } from "@/model/limits";

const field = (key: string): FieldInfo => ({ type: "text", label: { en: key, zh: key } });
const keys = ["phone", "cost", "note", "stage"];
const form = {
  actions: ["view", "edit"],
  fields: Object.fromEntries(keys.map((key) => [key, field(key)])),
  order: keys,
  system_fields: { owner: field("owner") },
} as unknown as Describe;
const limits = { hidden: ["cost"], masked: ["phone"], read_only: ["phone", "cost", "stage", "owner"] };
const record = (own?: object): RecordJson => ({ id: 1, revision: 1, title: "Lead", ...(own ? { $limits: own as never } : {}) });

describe("a record on which some fields are closed", () => {
  it("is the form itself where nothing differs", () => {
    expect(limitsOf(record())).toBeNull();
    expect(describeLimited(form, null)).toBe(form);
    expect(describeLimited(form, { hidden: [], masked: [], read_only: [] })).toBe(form);
  });

  it("has no field that is hidden, and closes the others", () => {
    const limited = describeLimited(form, limits);
    expect(limited.order).toEqual(["phone", "note", "stage"]);
    expect(Object.entries(limited.fields).map(([key, one]) => [key, one.read_only ?? false, one.masked ?? false])).toEqual([
      ["phone", true, true],
      ["note", false, false],
      ["stage", true, false],
    ]);
    expect(limited.system_fields["owner"]?.read_only).toBe(true);
  });

  it("tells single cells of a list", () => {
    const own = form.fields["phone"] as FieldInfo;
    expect(fieldOn(own, "phone", record())).toBe(own);
    expect(fieldOn(own, "phone", record(limits))).toMatchObject({ masked: true, read_only: true });
    expect([isClosedOn(record(limits), "stage"), isClosedOn(record(limits), "note"), isClosedOn(record(), "stage")]).toEqual([true, false, false]);
  });
});
