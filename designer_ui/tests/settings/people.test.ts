import { describe, expect, it } from "vitest";
import { departmentPaths, treeRows, withBelow } from "@/runtime/settings/departments";
import { movesOf } from "@/runtime/settings/organisation/treeMoves";
import { readInvitees } from "@/runtime/settings/people/invitees";
import type { Department } from "@/runtime/settings/types";

const department = (id: number, parent_id: number | null): Department => ({ id, name: `D${id}`, parent_id, head_ids: [], active: true, people: 0 });
/** 1 > (2 > 4, 3), 5 */
const ALL = [department(1, null), department(2, 1), department(3, 1), department(4, 2), department(5, null)];
const rows = treeRows(ALL, new Set());
const moves = (id: number) => {
  const row = rows.find((one) => one.department.id === id);
  if (!row) throw new Error("no such row");
  return movesOf(row, rows);
};

describe("the tree of departments", () => {
  it("stands in order, level by level, without what is folded", () => {
    expect(rows.map((row) => [row.department.id, row.level, row.place, row.size])).toEqual([[1, 1, 0, 2], [2, 2, 0, 2], [4, 3, 0, 1], [3, 2, 1, 2], [5, 1, 1, 2]]);
    expect(treeRows(ALL, new Set([2])).map((row) => row.department.id)).toEqual([1, 2, 3, 5]);
    expect(departmentPaths(ALL).get(4)).toBe("D1 / D2 / D4");
    expect([...withBelow(ALL, 1)].sort()).toEqual([1, 2, 3, 4]);
  });
  it("says where each move leads, and nothing for a move that leads nowhere", () => {
    expect(moves(1)).toEqual({ down: { parent_id: null, before_id: null } });
    expect(moves(3)).toEqual({ up: { parent_id: 1, before_id: 2 }, into: { parent_id: 2, before_id: null }, out: { parent_id: null, before_id: 5 } });
    expect(moves(4)).toEqual({ out: { parent_id: 1, before_id: 3 } });
    expect(moves(5)).toEqual({ up: { parent_id: null, before_id: 1 }, into: { parent_id: 1, before_id: null } });
  });
});

describe("addresses of people to invite", () => {
  it.each([
    ["anna.lee@x.com", [{ name: "Anna Lee", email: "anna.lee@x.com" }]],
    ["吴本 <ben@x.com>；cy@x.com\n\n", [{ name: "吴本", email: "ben@x.com" }, { name: "Cy", email: "cy@x.com" }]],
    ["  ", []],
  ])("are read from %j", (text, people) => expect(readInvitees(text)).toEqual(people));
});
