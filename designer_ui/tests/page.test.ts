import { describe, expect, test } from "vitest";
import type { Describe, FieldInfo, LayoutNode, RelatedInfo } from "../src/api";
import { planLayout } from "../src/model/layout";
import { countedList, lastOfFields, listsOf, planPage, summaryText } from "../src/model/page";

const label = (text: string) => ({ en: text, zh: text });
const field: FieldInfo = { type: "text", label: label("x") };
const related = (key: string): RelatedInfo => ({ key, label: label(key), app: "crm", form: `form_${key}`, field: "account", type: "relation", single: false, columns: ["name"], actions: ["view"] });
const placed = (key: string, more = {}) => ({
  list: key, label: label(`Placed ${key}`), display: "cards" as const, columns: ["amount"], filter: "{open}", sort: "-amount", limit: 5,
  summary: [{ field: "amount", fn: "sum" }, { field: "price", fn: "average" }], ...more,
});

function form(layout: readonly LayoutNode[], lists: readonly string[]): Describe {
  return {
    app: "crm", key: "account", label: label("Account"), plural: null, icon: null, title: "{name}",
    fields: { name: field, size: field, note: field }, order: ["name", "size", "note"], layout, facts: [], related: lists.map(related),
    views: [], actions: ["view"], record_actions: [], timeline: {}, live: false, updating: [], duplicates: [], conversions: [], workflows: [],
  system_fields: {},
  };
}

const shape = (found: ReturnType<typeof planPage>) =>
  found.map((tab) => [tab.key, ...tab.blocks.map((block) => (block.kind === "list" ? `list:${block.list.related.key}` : block.sections.flatMap((section) => section.fields).join("+")))]);

describe("the plan of a record page", () => {
  test("without a layout of its own: the fields, then every related list in a tab", () => {
    expect(shape(planPage(form(["name", "size", "note"], ["deals", "people"])))).toEqual([
      ["details", "name+size+note"], ["list-deals", "list:deals"], ["list-people", "list:people"],
    ]);
  });

  test("fields between lists belong together and keep their place", () => {
    const layout: LayoutNode[] = ["name", placed("deals"), "size", { section: "s", label: label("S"), content: ["note"] }];
    expect(shape(planPage(form(layout, ["deals", "people"])))).toEqual([
      ["details", "name", "list:deals", "size+note"], ["list-people", "list:people"],
    ]);
  });

  test("a tab whose lists the reader may not see is left out, a list in it follows no more", () => {
    const layout: LayoutNode[] = [
      { tab: "one", label: label("One"), content: ["name"] },
      { tab: "two", label: label("Two"), content: [placed("hidden")] },
      { tab: "three", label: label("Three"), content: [placed("deals"), placed("people")] },
    ];
    expect(shape(planPage(form(layout, ["deals", "people"])))).toEqual([["one", "name"], ["three", "list:deals", "list:people"]]);
  });

  test("a form has a page even when nothing of it may be seen", () => {
    expect(shape(planPage(form([], [])))).toEqual([["details"]]);
  });

  test("a count stands on tabs that are one list, and the last tab with fields tells who made the record", () => {
    const layout: LayoutNode[] = [
      { tab: "one", label: label("One"), content: ["name", placed("deals")] },
      { tab: "two", label: label("Two"), content: [placed("people")] },
    ];
    const tabs = planPage(form(layout, ["deals", "people"]));
    expect(tabs.map((tab) => countedList(tab)?.related.key)).toEqual([undefined, "people"]);
    expect(lastOfFields(tabs)).toBe(0);
  });

  test("a placed list is asked for as the layout says, another as its relation says", () => {
    const [tab, rest] = planPage(form([placed("deals", { limit: null })], ["deals", "people"]));
    const [list] = tab ? listsOf(tab) : [];
    expect([list?.label.en, list?.display, list?.filter, list?.sort, list?.limit, list && summaryText(list)]).toEqual([
      "Placed deals", "cards", "{open}", "-amount", 20, "sum:amount,average:price",
    ]);
    const [other] = rest ? listsOf(rest) : [];
    expect([other?.label.en, other?.columns, other?.filter]).toEqual(["people", ["name"], null]);
  });
});

test("lists take no room in the entry form", () => {
  const layout: LayoutNode[] = ["name", placed("deals"), { tab: "two", label: label("Two"), content: [placed("people")] }];
  expect(planLayout(layout).map((tab) => tab.sections.flatMap((section) => section.fields))).toEqual([["name"]]);
});
