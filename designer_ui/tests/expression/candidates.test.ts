import { candidatesAt, contextAt, pathLabel, typeLabel, type Candidate, type ShowLabel } from "@/model/expression";
import { describe, expect, test } from "vitest";
import { FUNCTIONS, NAMES } from "./names";

const chinese: ShowLabel = (label) => label.zh;
const english: ShowLabel = (label) => label.en;

function offered(marked: string, show = english): readonly Candidate[] {
  return candidatesAt(contextAt(marked.replace("|", ""), marked.indexOf("|")), NAMES, FUNCTIONS, show);
}

/** The text after taking the candidate that reads so. */
function taken(marked: string, label: string, show = english): string {
  const text = marked.replace("|", "");
  const candidate = offered(marked, show).find((one) => one.label === label);
  if (!candidate) throw new Error(`${label} is not offered, but ${offered(marked, show).map((one) => one.label).join("; ")}`);
  return text.slice(0, candidate.from) + candidate.insert + text.slice(candidate.to);
}

describe("taking what is offered", () => {
  test.each([
    ["qu|", "Quantity", "{qty}"],
    ["数|", "Quantity", "{qty}"],
    ["1 + {|", "Quantity", "1 + {qty}"],
    ["{q|}", "Quantity", "{qty}"],
    ["{acc|", "Account ›", "{account."],
    ["{acc|", "Account", "{account}"],
    ["{account.|", "Account › Level", "{account.level}"],
    ["acc|", "Account ›", "{account."],
    ["level|", "Account › Level", "{account.level}"],
    ["SUM({receipts.am|)", "Receipts › Amount", "SUM({receipts.amount})"],
    ["rou|", "ROUND", "ROUND()"],
    ["no|", "NOW", "NOW()"],
    ['{status} = "|"', "Won", '{status} = "won"'],
    ["{status} = |", "Won", '{status} = "won"'],
    ['COUNTIFS({receipts.kind}, "<>|")', "Cash", 'COUNTIFS({receipts.kind}, "<>cash")'],
    ["HAS({tags}, |", "VIP", 'HAS({tags}, "vip"'],
    ["IN({account.level}, |", "Gold", 'IN({account.level}, "gold"'],
  ])("%s, %s", (marked, label, after) => {
    expect(taken(marked, label)).toBe(after);
  });

  test("labels are those of the reader's language, both languages find them", () => {
    expect(taken("数|", "数量", chinese)).toBe("{qty}");
    expect(taken("quan|", "数量", chinese)).toBe("{qty}");
    expect(taken("{客|", "客户 ›", chinese)).toBe("{account.");
  });
});

test("a function whose name was begun comes before fields, one that only mentions the word after them", () => {
  expect(offered("sum|").map(({ label }) => label)).toEqual(["SUM", "SUMIFS"]);
  expect(offered("num|")[0]?.label).toBe("Number");
});

test("nothing is offered where nothing fits", () => {
  expect(offered('"text|"')).toEqual([]);
  expect(offered("{nowhere.|")).toEqual([]);
  expect(offered('{qty} = "|"')).toEqual([]);
});

test("paths and types read as people say them", () => {
  expect(pathLabel(NAMES, "receipts.order.account.level", english)).toBe("Receipts › Order › Account › Level");
  expect(pathLabel(NAMES, "receipts.nothing", english)).toBeNull();
  const listOf = (item: string): string => `list of ${item}`;
  expect(typeLabel(NAMES, "list of money", english, listOf)).toBe("list of money");
  expect(typeLabel(NAMES, "account record", chinese, listOf)).toBe("客户");
});
