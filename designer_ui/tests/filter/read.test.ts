import { describe, expect, test } from "vitest";
import { condition, readFilter, writeFilter, type Condition, type FilterFields, type Group } from "../../src/model/filter";

const FIELDS: FilterFields = {
  company: { type: "text" }, amount: { type: "money" }, status: { type: "choice" }, tags: { type: "multi_choice" },
  hot: { type: "boolean" }, owner: { type: "user" }, team: { type: "users" }, due: { type: "date" },
  met_at: { type: "datetime" }, account: { type: "relation" }, files: { type: "file" },
};

const all = (...items: Group["items"]): Group => ({ kind: "group", match: "all", items });
const any = (...items: Group["items"]): Group => ({ kind: "group", match: "any", items });

/** Text as it is written by the builder, and the rows it shows. */
const EXACT: readonly (readonly [string, Condition])[] = [
  ['{company} = "Acme"', condition("company", "is", "Acme")],
  ['{company} <> "say ""hi"""', condition("company", "is_not", 'say "hi"')],
  ['CONTAINS({company}, "华为")', condition("company", "contains", "华为")],
  ['NOT(CONTAINS({company}, "x"))', condition("company", "not_contains", "x")],
  ['STARTSWITH({company}, "A")', condition("company", "starts_with", "A")],
  ['ENDSWITH({company}, "\\\\")', condition("company", "ends_with", "\\")],
  ["ISBLANK({files})", condition("files", "blank")],
  ["NOT(ISBLANK({account}))", condition("account", "not_blank")],
  ["{amount} >= 1000.5", condition("amount", "at_least", 1000.5)],
  ["{amount} < -3", condition("amount", "less", -3)],
  ["AND({amount} >= 1, {amount} <= 5)", condition("amount", "between", 1, 5)],
  ['{status} = "new"', condition("status", "is", "new")],
  ['IN({status}, "new", "lost")', condition("status", "one_of", "new", "lost")],
  ['NOT(IN({status}, "lost"))', condition("status", "none_of", "lost")],
  ['HAS({tags}, "vip")', condition("tags", "has", "vip")],
  ['NOT(HAS({tags}, "vip"))', condition("tags", "has_not", "vip")],
  ["{hot}", condition("hot", "true")],
  ["NOT({hot})", condition("hot", "false")],
  ["{owner} = ME()", condition("owner", "is", { me: true })],
  ["{owner} <> 3", condition("owner", "is_not", 3)],
  ["HAS({team}, ME())", condition("team", "has", { me: true })],
  ["{account} = 12", condition("account", "is", 12)],
  ["{due} = TODAY()", condition("due", "period", "today")],
  ["{due} = TODAY() - 1", condition("due", "period", "yesterday")],
  ["{due} = TODAY() + 5", condition("due", "is", { days: 5 })],
  ["{due} >= TODAY() - 7", condition("due", "at_least", { days: -7 })],
  ["{due} <= DATE(2026, 1, 31)", condition("due", "at_most", { date: "2026-01-31" })],
  ["AND({due} >= TODAY() - 30, {due} <= TODAY())", condition("due", "last_days", 30)],
  ["AND({due} >= TODAY(), {due} <= TODAY() + 3)", condition("due", "next_days", 3)],
  ["AND({due} >= DATE(2026, 1, 1), {due} <= DATE(2026, 2, 1))", condition("due", "between", { date: "2026-01-01" }, { date: "2026-02-01" })],
  ['AND({due} >= STARTOF(TODAY(), "month"), {due} <= ENDOF(TODAY(), "month"))', condition("due", "period", "this_month")],
  ['AND({due} >= STARTOF(TODAY() - 7, "week"), {due} <= ENDOF(TODAY() - 7, "week"))', condition("due", "period", "last_week")],
  ['AND({due} >= STARTOF(EDATE(TODAY(), 3), "quarter"), {due} <= ENDOF(EDATE(TODAY(), 3), "quarter"))', condition("due", "period", "next_quarter")],
  ["AND({met_at} >= TODAY(), {met_at} < TODAY() + 1)", condition("met_at", "period", "today")],
  ['AND({met_at} >= STARTOF(TODAY(), "year"), {met_at} < ENDOF(TODAY(), "year") + 1)', condition("met_at", "period", "this_year")],
  ["AND({met_at} >= TODAY() - 7, {met_at} < TODAY() + 1)", condition("met_at", "last_days", 7)],
  ["AND({met_at} >= DATE(2026, 3, 5), {met_at} < DATE(2026, 3, 5) + 1)", condition("met_at", "is", { date: "2026-03-05" })],
  ["{met_at} < DATE(2026, 3, 5) + 1", condition("met_at", "at_most", { date: "2026-03-05" })],
  ["{met_at} >= DATE(2026, 3, 5) + 1", condition("met_at", "more", { date: "2026-03-05" })],
  ["{met_at} < TODAY() - 2", condition("met_at", "less", { days: -2 })],
];

describe("one row", () => {
  test.each(EXACT)("%s", (text, row) => {
    expect(readFilter(text, FIELDS)).toEqual({ kind: "rows", group: all(row) });
    expect(writeFilter(all(row), FIELDS)).toBe(text);
  });
});

/** Other spellings of the same rows. */
const SPELLINGS: readonly (readonly [string, Group])[] = [
  ["", all()],
  ["  ", all()],
  ['{ company }=="Acme"', all(condition("company", "is", "Acme"))],
  ['{company} != "x"', all(condition("company", "is_not", "x"))],
  ["{hot} = TRUE", all(condition("hot", "true"))],
  ["{hot} <> true", all(condition("hot", "false"))],
  ["({hot})", all(condition("hot", "true"))],
  ["and(isblank({company}), {hot})", all(condition("company", "blank"), condition("hot", "true"))],
  ["{hot} && {amount} > 1 && {amount} < 9", all(condition("hot", "true"), condition("amount", "more", 1), condition("amount", "less", 9))],
  ["{hot} || {amount} > 1", any(condition("hot", "true"), condition("amount", "more", 1))],
  ['OR({hot}, AND({amount} > 1, {status} = "new"))', any(condition("hot", "true"), all(condition("amount", "more", 1), condition("status", "is", "new")))],
  ['{company} = "a\\"b\\nc"', all(condition("company", "is", 'a"b\nc'))],
];

test.each(SPELLINGS)("reads %j", (text, group) => {
  expect(readFilter(text, FIELDS)).toEqual({ kind: "rows", group });
});

/** Correct expressions the builder has no rows for: kept as text. */
const TEXT_ONLY = [
  "{amount} * 2 > 10", "{amount} > {quantity}", "LEN({company}) > 3", '{account.level} = "a"', "{unknown} = 1",
  "NOT({amount} > 1)", "NOT(AND({hot}, {hot}))", "{company}", "1 = {amount}", "{amount} = 1 + 1", "AND()", "IN({status})",
  "{due} = DATE(2026, 2, 31)", "{met_at} > TODAY()", "CONTAINS({company}, {status})", '{hot} = "x"', "TRUE", "{due} > TODAY() * 2",
];

test.each(TEXT_ONLY)("keeps %s as text", (text) => {
  expect(readFilter(text, FIELDS)).toEqual({ kind: "text" });
});

/** Text that cannot be an expression, and where it stops being one. */
const BROKEN: readonly (readonly [string, number])[] = [
  ["{company} = ", 12], ['{company} = "open', 12], ["AND({hot}", 9], ["{hot} {hot}", 6], ["{company} # 1", 10], ["new", 0],
  ["(", 1], [")", 0], ["{company", 0], ["{a} = = 1", 6],
];

test.each(BROKEN)("finds the problem of %s at %i", (text, position) => {
  expect(readFilter(text, FIELDS)).toEqual({ kind: "broken", position });
});

test("a filter nested a thousand deep is answered, not crashed on", () => {
  expect(readFilter(`${"(".repeat(1000)}{hot}${")".repeat(1000)}`, FIELDS).kind).toBe("broken");
  expect(readFilter(`${"NOT(".repeat(1000)}{hot}${")".repeat(1000)}`, FIELDS).kind).toBe("broken");
  expect(readFilter(`${"-".repeat(5000)}1`, FIELDS).kind).toBe("broken");
});
