import { describe, expect, it } from "vitest";
import type { Describe, FieldInfo, RecordJson } from "@/api";
import { describeHeld, lockedOf } from "@/model/locked";

const field = (key: string): FieldInfo => ({ type: "text", label: { en: key, zh: key } });
const form = { actions: ["view", "edit", "delete", "comment"], fields: { amount: field("amount"), note: field("note") } } as unknown as Describe;
const record = (locked?: object): RecordJson => ({ id: 1, revision: 1, title: "Q-1", ...(locked ? { $locked: locked as never } : {}) });
const workflow = { en: "Approval", zh: "审批" };

describe("a record that a workflow keeps", () => {
  it("is the form itself while none runs", () => {
    expect(lockedOf(record())).toBeNull();
    expect(describeHeld(form, record())).toBe(form);
  });

  it("can be neither changed nor deleted when all of it is kept", () => {
    expect(describeHeld(form, record({ workflow, fields: "all", people: [] })).actions).toEqual(["view", "comment"]);
  });

  it("keeps single fields, and the record from being deleted", () => {
    const held = describeHeld(form, record({ workflow, fields: ["amount"], people: [] }));
    expect(held.actions).toEqual(["view", "edit", "comment"]);
    expect([held.fields["amount"]?.read_only, held.fields["note"]?.read_only]).toEqual([true, undefined]);
  });
});
