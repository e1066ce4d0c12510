import { changesBetween, gives, groupsIn, isLastToName, keyForGroup, moved, reachOf, rowsChoices, withAction, withButton, withReach, type Group } from "@/model/design/permissions";
import { describe, expect, test } from "vitest";

const group = (part: Partial<Group> = {}): Group => ({ roles: ["sales"], actions: ["view"], ...part });

describe("the reach of a field", () => {
  test.each([
    [group(), "writable", false],
    [group({ other_fields: "hidden" }), "hidden", false],
    [group({ other_fields: "hidden", writable_fields: ["price"] }), "writable", true],
    [group({ read_only_fields: ["price"] }), "readable", true],
    [group({ hidden_fields: ["price"] }), "hidden", true],
    [group({ masked_fields: { price: { first: 1 } } }), "masked", true],
  ] as const)("of %j is %s", (one, reach, named) => {
    expect(reachOf(one, "price")).toEqual({ reach, named });
  });

  test.each(["writable", "readable", "masked", "hidden", null] as const)("is set to %s and to nothing again, leaving no trace", (reach) => {
    const before = group({ hidden_fields: ["cost"], masked_fields: { mobile: { last: 4 } } });
    const after = withReach(before, "price", reach);
    expect(reachOf(after, "price")).toEqual(reach === null ? { reach: "writable", named: false } : { reach, named: true });
    expect(reachOf(after, "cost").reach).toBe("hidden");
    expect(withReach(after, "price", null)).toEqual(before);
  });

  test("is in one list only", () => {
    const after = withReach(withReach(group(), "price", "hidden"), "price", "readable");
    expect(after).toEqual(group({ read_only_fields: ["price"] }));
  });
});

describe("actions", () => {
  const groups = { keepers: group({ actions: ["view", "edit"] }), readers: group() };

  test("that come with another are given until some group names them", () => {
    expect(gives(groups, "keepers", "batch")).toEqual({ on: true, implied: true });
    expect(gives(groups, "readers", "batch")).toEqual({ on: false, implied: true });
    expect(gives(groups, "readers", "comment")).toEqual({ on: true, implied: true });
  });

  test("that came with another stay with the others when one group loses them", () => {
    const after = withAction(groups, "readers", "comment", false);
    expect(after["keepers"]?.actions).toEqual(["view", "edit", "comment"]);
    expect(after["readers"]?.actions).toEqual(["view"]);
    expect(gives(after, "readers", "comment")).toEqual({ on: false, implied: false });
    expect(isLastToName(after, "keepers", "comment")).toBe(true);
    expect(withAction(after, "readers", "comment", true)["readers"]?.actions).toEqual(["view", "comment"]);
  });

  test("are given and taken in one group alone", () => {
    const after = withAction(groups, "readers", "export", true);
    expect(after).toEqual({ ...groups, readers: group({ actions: ["view", "export"] }) });
    expect(withAction(after, "readers", "export", false)).toEqual(groups);
    expect(gives({ only: group({ actions: ["edit"] }) }, "only", "view")).toEqual({ on: true, implied: true });
  });
});

test("buttons are named only where some are missing", () => {
  const after = withButton(group(), ["send", "close"], "send", false);
  expect(after.buttons).toEqual(["close"]);
  expect(withButton(after, ["send", "close"], "send", true)).toEqual(group());
});

test("groups keep their order, and one moves", () => {
  expect(Object.keys(moved({ a: 1, b: 2, c: 3 }, "c", -1))).toEqual(["a", "c", "b"]);
  expect(moved({ a: 1, b: 2 }, "a", -1)).toEqual({ a: 1, b: 2 });
});

test.each([
  ["Own leads", [], "own_leads"],
  ["Own leads", ["own_leads"], "own_leads_2"],
  ["本人线索", [], "group"],
])("the key of %s beside %j is %s", (name, taken, key) => expect(keyForGroup(name, taken)).toBe(key));

test("a row scope is offered for each list of people of the form", () => {
  const facts = { label: null, writable: true, maskable: false };
  const choices = rowsChoices([{ ...facts, key: "team", type: "users" }, { ...facts, key: "lines.team", type: "users" }, { ...facts, key: "name", type: "text" }]);
  expect(choices.filter(({ kind }) => kind === "with").map(({ rows }) => rows)).toEqual(["OR({owner} = ME(), HAS({team}, ME()))"]);
});

test("a malformed draft has no groups, or those that are some", () => {
  expect(groupsIn(undefined, "lead")).toBeNull();
  expect(groupsIn({ forms: { lead: { permissions: "x" } } }, "lead")).toBeNull();
  expect(groupsIn({ forms: { lead: { permissions: { a: null, b: {} } } } }, "lead")).toEqual({ b: { roles: [], actions: [] } });
});

describe("the differences of two versions", () => {
  const before = { own: group({ rows: "own", hidden_fields: ["cost"] }), old: group() };
  test.each([
    [before, before, []],
    [null, { own: group() }, [{ kind: "closed" }, { kind: "added", group: "own" }]],
    [before, null, [{ kind: "opened" }]],
    [before, { own: before.own }, [{ kind: "removed", group: "old" }]],
    [before, { old: before.old, own: before.own }, [{ kind: "order" }]],
    [before, { ...before, own: { ...before.own, rows: "all" } }, [{ kind: "rows", group: "own", before: "own", after: "all" }]],
    [before, { ...before, own: { ...before.own, label: { en: "Own" } } }, [{ kind: "renamed", group: "own" }]],
    [before, { ...before, own: { ...before.own, roles: ["sdr"] } }, [{ kind: "roles", group: "own", added: ["sdr"], removed: ["sales"] }]],
    [before, { ...before, own: { ...before.own, actions: ["view", "export"] } }, [{ kind: "actions", group: "own", added: ["export"], removed: [] }]],
    [before, { ...before, own: { ...before.own, buttons: [] } }, [{ kind: "buttons", group: "own", added: [], removed: ["send"] }]],
    [before, { ...before, own: withReach(before.own, "cost", "masked") }, [{ kind: "field", group: "own", field: "cost", before: "hidden", after: "masked" }]],
    [
      before,
      { ...before, old: { ...before.old, other_fields: "readable" as const } },
      [{ kind: "others", group: "old", before: "writable", after: "readable" }],
    ],
  ])("%j → %j", (ours, theirs, changes) => {
    expect(changesBetween(ours, theirs, ["cost"], ["send"])).toEqual(changes);
  });
});
