import { describe, expect, test } from "vitest";
import { needsOf, type Need } from "@/designer/workflows/play/needs";
import type { AppDocument } from "@/model/design/formulas";

const DOCUMENT: AppDocument = {
  forms: {
    account: { label: { en: "Account" }, fields: { level: { type: "choice" }, group: { type: "relation", form: "account" } } },
    order: {
      fields: {
        amount: { type: "money" },
        account: { type: "relation", form: "account" },
        total: { type: "formula", formula: "SUM({lines.net})" },
        lines: { type: "subform", fields: { price: { type: "money" }, net: { type: "formula", formula: "{price} * {$parent.amount}" } } as never },
      },
    },
    invoice: { label: { en: "Invoice" }, fields: { paid: { type: "boolean" }, order: { type: "relation", form: "order", inverse: { key: "invoices" } } } },
  },
};

const short = (needs: readonly Need[]): unknown => Object.fromEntries(needs.map(({ key, kind, inner }) => [key, inner.length > 0 ? [kind, short(inner)] : kind]));

const needed = (when: string): unknown => short(needsOf(DOCUMENT, { form: "order", nodes: { how: { type: "branch", branches: { one: { when, next: "" } } } } }));

describe("what a workflow looks at", () => {
  test.each([
    ["{amount} > 5", { amount: "value" }],
    ['{account.level} = "gold"', { account: ["record", { level: "value" }] }],
    ['{account.group.level} = "gold"', { account: ["record", { group: ["record", { level: "value" }] }] }],
    ["COUNTIFS({invoices.paid}, TRUE) > 0", { invoices: ["list", { paid: "value" }] }],
    // A formula is described by what it is computed from, also where lines look at the record around them.
    ["{total} > 5", { lines: ["lines", { price: "value" }], amount: "value" }],
    ["{nothing} > 5", {}],
  ])("%s", (when, expected) => {
    expect(needed(when)).toEqual(expected);
  });
});
