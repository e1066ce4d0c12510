import type { FieldInfo, Json, LiveProgram } from "@/api";

const label = { en: "Label", zh: "标签" };

export const field = (type: string, more: object = {}): FieldInfo => ({ type, label, settings: {}, ...more }) as FieldInfo;

const read = (key: string): Json => ["zero_if_blank", { field: key }];
export const FEW = { en: "Too few", zh: "太少" };

export const LINE_PROGRAM: LiveProgram = {
  formulas: [
    { field: "amount", value: ["multiply", read("price"), read("qty")] },
    { field: "share", value: ["divide", read("amount"), read("$parent.total")] },
  ],
  visible: { reason: [["gt", { field: "qty" }, { number: "10" }]] },
  required: { reason: true },
  read_only: {},
  sections: {},
  validations: [{ field: "qty", holds: ["gt", { field: "qty" }, { number: "0" }], message: FEW }],
  rules: [],
  asks: ["product"],
  asks_new: ["product"],
  complete: true,
  viewer: { user_id: 5, department_ids: [], organisation_id: null, roles: [], time_zone: "Asia/Shanghai" },
};

/** Lines of an order, as the server describes them. */
export const LINES: FieldInfo = field("subform", {
  settings: { min_lines: 0, max_lines: 1000 },
  fields: {
    product: field("relation", { settings: { form: "product" } }),
    code: field("text", { unique: true }),
    price: field("money", { settings: { decimals: 2 } }),
    qty: field("number", { settings: { decimals: 2 } }),
    reason: field("text"),
    amount: field("formula", { result: "money", read_only: true, settings: { decimals: 2 } }),
    share: field("formula", { result: "percent", read_only: true, settings: { decimals: 2 } }),
  },
  order: ["product", "code", "price", "qty", "reason", "amount", "share"],
  live: LINE_PROGRAM,
});
