import { describe, expect, test } from "vitest";
import type { ViewJson } from "../../src/api";
import {
  clampWidth, differsFromView, formatSort, groupFilter, groupKey, moveColumn, parseSort, stateFromUrl, stateOfView,
  toggleColumn, toggleSort, urlFromState, viewBody, type ListChange,
} from "../../src/model/view";

const VIEW: ViewJson = {
  key: "mine", label: { en: "Mine", zh: "我的" }, kind: "list", columns: ["no", "company", "amount"], filter: "{owner} = ME()",
  sort: "-created_at,company", group_by: null, card: null, measure: null, source: "app",
};

const CHANGES: readonly ListChange[] = [
  {}, { search: "华为 & co" }, { filter: "" }, { filter: '{a} = "x&y=z"' }, { sort: [] }, { sort: parseSort("amount") },
  { groupBy: "status" }, { groupBy: "status,due:month" }, { totals: {} }, { totals: { amount: "average", no: "count" } },
  { colors: [{ when: '{a} = "x,y"', color: "red", field: null }, { when: "TRUE", color: "blue", field: "no" }] },
  { quickFields: ["status", "due"], quick: { status: "new,won", due: "last_7" } }, { columns: ["amount", "no"] }, { widths: { no: 90, company: 300 } }, { frozen: 0 }, { frozen: 2 },
];

describe("links", () => {
  test.each(CHANGES)("%j survives the URL", (change) => {
    const state = { ...stateOfView(VIEW), ...change };
    const link = new URLSearchParams(urlFromState(state, VIEW).toString());
    expect(stateFromUrl(link, VIEW)).toEqual(state);
  });
  test("an untouched view needs nothing but its key", () => {
    expect(urlFromState(stateOfView(VIEW), VIEW).toString()).toBe("view=mine");
  });
  test("a grouped view can be shown without groups", () => {
    const grouped: ViewJson = { ...VIEW, group_by: "status" };
    const link = urlFromState({ ...stateOfView(grouped), groupBy: "" }, grouped);
    expect(stateFromUrl(link, grouped).groupBy).toBe("");
  });
  test.each(["columns=", "columns=,,", "widths=no:abc,x", "frozen=many"])("nonsense in %s falls back", (link) => {
    const state = stateFromUrl(new URLSearchParams(link), VIEW);
    expect(state.columns).toEqual(VIEW.columns);
    expect(state.widths).toEqual({});
    expect(state.frozen).toBe(1);
  });
});

test("a search is not a change of the view, a filter is", () => {
  const state = stateOfView(VIEW);
  expect(differsFromView({ ...state, search: "x" }, VIEW)).toBe(false);
  expect(differsFromView({ ...state, filter: "" }, VIEW)).toBe(true);
});

test("the body of a saved view leaves out what is not set", () => {
  const body = viewBody({ ...stateOfView(VIEW), sort: [], filter: "" }, "Big ones", true);
  expect(body).toMatchObject({ label: "Big ones", shared: true, kind: "list", filter: null, sort: null, group_by: null });
  const board: ViewJson = { ...VIEW, kind: "kanban", group_by: "status", card: ["amount"], measure: "amount" };
  expect(viewBody(stateOfView(board), "x", false)).toMatchObject({ kind: "kanban", group_by: "status", card: ["amount"], measure: "amount" });
});

describe("sort", () => {
  test.each(["", "a", "-a", "-created_at,company"])("%j", (text) => expect(formatSort(parseSort(text))).toBe(text));
  test("clicks go round ascending, descending, none", () => {
    const once = toggleSort([], "a", false);
    expect(formatSort(once)).toBe("a");
    expect(formatSort(toggleSort(once, "a", false))).toBe("-a");
    expect(toggleSort(parseSort("-a"), "a", false)).toEqual([]);
  });
  test("shift adds to the others and keeps their order", () => {
    expect(formatSort(toggleSort(parseSort("a,-b"), "c", true))).toBe("a,-b,c");
    expect(formatSort(toggleSort(parseSort("a,b"), "a", true))).toBe("-a,b");
    expect(formatSort(toggleSort(parseSort("-a,b"), "a", true))).toBe("b");
    expect(formatSort(toggleSort(parseSort("a,b"), "c", false))).toBe("c");
  });
});

describe("columns", () => {
  test.each([
    ["a", 2, "bca"], ["c", 0, "cab"], ["b", 1, "abc"], ["a", 99, "bca"], ["x", 0, "abc"],
  ] as const)("moving %s to %i gives %s", (key, index, order) => {
    expect(moveColumn(["a", "b", "c"], key, index).join("")).toBe(order);
  });
  test("the last column cannot be hidden", () => {
    expect(toggleColumn(["a", "b"], "a")).toEqual(["b"]);
    expect(toggleColumn(["b"], "b")).toEqual(["b"]);
    expect(toggleColumn(["b"], "c")).toEqual(["b", "c"]);
  });
  test("widths stay usable", () => {
    expect(clampWidth(3)).toBe(64);
    expect(clampWidth(99999)).toBe(800);
  });
});

test.each([
  [null, "ISBLANK({f})"], ["new", '{f} = "new"'], [true, "{f}"], [false, "NOT({f})"], [3, "{f} = 3"], [{ id: 7 }, "{f} = 7"],
] as const)("the group of %j is %s", (value, filter) => {
  expect(groupFilter("f", value)).toBe(filter);
  expect(groupKey(value)).toMatch(/^blank$|^\w+:/);
});
