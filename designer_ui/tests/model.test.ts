import { expect, test } from "vitest";
import type { AppInfo } from "@/api";
import { demoChoices } from "@/model/demo_users";
import { activeEntry, menuAddress, menuForms } from "@/model/menu";
import { conditionValues } from "@/model/relation";
import { initials } from "@/ui/Avatar";
import { makeFormat } from "@/ui/format";
import { safeNext } from "@/model/next";

test("menu entries of forms one may not see are left out", () => {
  const app = { menu: [{ form: "a" }, { group: "g", label: {}, items: [{ form: "b", view: "v" }, { form: "c" }] }], forms: { a: {}, b: {} } } as unknown as AppInfo;
  expect(menuForms(app)).toEqual([{ form: "a" }, { form: "b", view: "v" }]);
  expect(menuAddress("x", { form: "b", view: "v 1" })).toBe("/a/x/b?view=v%201");
});

test("the entry of the open view is the active one, else the form's plain entry", () => {
  const entries = [{ form: "a", view: "v" }, { form: "a" }, { form: "b" }];
  expect(activeEntry(entries, "a", "v")).toBe(entries[0]);
  expect(activeEntry(entries, "a", "other")).toBe(entries[1]);
  expect(activeEntry(entries, "z", null)).toBeUndefined();
});

test.each([
  [["{account} = {$form.account}"], { account: { id: 5, title: "A" }, other: 1 }, { account: { id: 5, title: "A" } }],
  [["{city} = {$form.account.city}", "{level} > {$form.level}"], { account: 5, level: null }, { account: 5, level: null }],
  [["{a} = {$form.$parent.b}", "{c} = {$parent.d}"], { "$parent.b": 1, "$parent.d": 2, b: 3 }, { "$parent.b": 1, "$parent.d": 2 }],
  [["{active}", undefined], { active: true }, {}],
  [["{account} = {$form.account}"], {}, {}],
  [["{account} = {$form.account}"], undefined, {}],
])("the conditions %j look at what %j holds of %j", (conditions, values, expected) => {
  expect(conditionValues(conditions, values as never)).toEqual(expected);
});

test.each([
  ["李雷", "雷"],
  ["Ada Admin", "AA"],
  ["ada", "A"],
  ["Telesales (SDR)", "TS"],
  ["", "?"],
])("%s is drawn as %s", (name, shown) => {
  expect(initials(name)).toBe(shown);
});

test("numbers keep every digit", () => {
  const format = makeFormat("en", "UTC");
  expect(format.number("12345678901234567890.12")).toBe("12,345,678,901,234,567,890.12");
  expect(format.number(0.125, { percent: true })).toBe("12.5%");
  expect(format.number(5, { currency: "CNY", decimals: 2 })).toBe("¥5.00");
  expect(format.number(5, { decimals: 10 })).toBe("5");
});

test("moments show in the workspace's time zone", () => {
  expect(makeFormat("zh-CN", "Asia/Shanghai").dateTime("2026-01-31T20:00:00Z")).toBe("2026-02-01 04:00");
});

test.each([
  ["/a/crm?view=x", "/a/crm?view=x"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  [null, "/"],
])("after signing in, %s leads to %s", (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});

test("the sign-in page offers one person of every role, the administrator first", () => {
  const user = (email: string, role: string) => ({ email, role, label: role });
  const users = [user("a", "sales"), user("b", "sales"), user("c", "admin"), user("d", "finance")];
  expect(demoChoices(users).map(({ email }) => email)).toEqual(["c", "a", "d"]);
});
