import type { FunctionInfo, Names } from "@/model/expression";

const label = (en: string, zh: string) => ({ en, zh });

/** Orders of accounts with receipts, as a server would tell it. */
export const NAMES: Names = {
  form: "order",
  forms: {
    order: {
      label: label("Order", "订单"),
      plural: label("Orders", "订单"),
      names: {
        no: { label: label("Number", "编号"), type: "text" },
        qty: { label: label("Quantity", "数量"), type: "number" },
        status: { label: label("Status", "状态"), type: "choice", options: { open: label("Open", "进行中"), won: label("Won", "成交") } },
        tags: { label: label("Tags", "标签"), type: "list", item: "choice", options: { vip: label("VIP", "重要") } },
        account: { label: label("Account", "客户"), type: "record", leads_to: "account", many: false },
        receipts: { label: label("Receipts", "回款"), type: "list", leads_to: "receipt", many: true },
      },
    },
    account: {
      label: label("Account", "客户"),
      plural: label("Accounts", "客户"),
      names: {
        name: { label: label("Name", "名称"), type: "text" },
        level: { label: label("Level", "等级"), type: "choice", options: { gold: label("Gold", "金") } },
        orders: { label: label("Orders", "订单"), type: "list", leads_to: "order", many: true },
      },
    },
    receipt: {
      label: label("Receipt", "回款"),
      plural: label("Receipts", "回款"),
      names: {
        amount: { label: label("Amount", "金额"), type: "money" },
        day: { label: label("Day", "日期"), type: "date" },
        paid: { label: label("Paid", "已付"), type: "boolean" },
        kind: { label: label("Kind", "类型"), type: "choice", options: { cash: label("Cash", "现金") } },
        order: { label: label("Order", "订单"), type: "record", leads_to: "order", many: false },
      },
    },
  },
  types: { number: label("number", "数字"), money: label("money", "金额"), choice: label("choice", "选项"), text: label("text", "文本") },
};

const parameter = (name: string, repeated = false) => ({ name, type: "number", optional: repeated, repeated });
const called = (name: string, help: string, ...parameters: FunctionInfo["parameters"]): FunctionInfo => ({
  name, category: "number", category_label: "Numbers", signature: name, parameters, help, examples: [],
});

export const FUNCTIONS: readonly FunctionInfo[] = [
  called("NOW", "The date and time of now."),
  called("ROUND", "The number rounded.", parameter("value"), parameter("digits")),
  called("SUM", "The sum of the numbers.", parameter("value"), parameter("more", true)),
  called("SUMIFS", "The sum where lists meet criteria.", parameter("values"), parameter("list"), parameter("criterion"), parameter("more", true)),
];
