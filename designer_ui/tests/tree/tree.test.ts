import { describe, expect, it } from "vitest";
import { branchesOf, pathUp, stepFrom, treeRows, type Branch, type Branches, type Parent, type TreeNode, type TreePage, type TreeRow } from "@/model/tree";

/** Id, parent and how many are below. */
type Place = readonly [id: number, parent: Parent, children: number];

function page(places: readonly Place[], rest: Partial<TreePage> = {}): TreePage {
  return {
    records: places.map(([id]) => ({ id, revision: 1, title: `r${id}` })) as unknown as TreePage["records"],
    nodes: Object.fromEntries(places.map(([id, parent, children]): [string, TreeNode] => [String(id), { parent, children, matches: true, totals: {} }])),
    next_cursor: null,
    count: { value: places.length, exact: true },
    ...rest,
  };
}

const branch = (...pages: TreePage[]): Branch => ({ pages, rest: (pages.at(-1)?.next_cursor ?? null) !== null, loading: false, error: null });
const lines = (rows: readonly TreeRow[]): string[] => rows.map((row) => `${"-".repeat(row.level)}${row.kind === "record" ? row.record.id : row.kind}`);

const BRANCHES: Branches = new Map<Parent, Branch>([
  [null, branch(page([[1, null, 2], [2, null, 0]]))],
  [1, branch(page([[11, 1, 1], [12, 1, 0]]))],
  [11, branch(page([[111, 11, 0]]))],
]);

describe("treeRows", () => {
  it.each([
    ["closed", [], ["-1", "-2"]],
    ["one open", [1], ["-1", "--11", "--12", "-2"]],
    ["two open", [1, 11], ["-1", "--11", "---111", "--12", "-2"]],
    ["open below a closed one", [11], ["-1", "-2"]],
    ["nothing below is never open", [2], ["-1", "-2"]],
  ])("%s", (_, open, expected) => {
    expect(lines(treeRows(BRANCHES, (id) => (open as number[]).includes(id)))).toEqual(expected);
  });

  it("waits for a branch that is not loaded", () => {
    const branches = new Map(BRANCHES);
    branches.delete(1);
    expect(lines(treeRows(branches, (id) => id === 1))).toEqual(["-1", "--wait", "-2"]);
  });

  it("offers the rest of a long branch with its number", () => {
    const rows = treeRows(new Map([...BRANCHES, [1, branch(page([[11, 1, 1]], { next_cursor: "x", count: { value: 2, exact: true } }))]]), (id) => id === 1);
    expect(lines(rows)).toEqual(["-1", "--11", "--more", "-2"]);
    expect(rows[2]).toMatchObject({ kind: "more", parent: 1, rest: 1 });
    expect(rows[1]).toMatchObject({ size: 2, place: 1 });
  });

  it("does not know the size of a top that was not counted to its end", () => {
    const top = branch(page([[1, null, 0]], { next_cursor: "x", count: { value: 1000, exact: false } }));
    expect(treeRows(new Map([[null, top]]), () => false)).toMatchObject([{ size: -1, place: 1 }, { kind: "more", rest: null }]);
  });

  it("says where a branch failed", () => {
    const failed: Branch = { pages: [], rest: false, loading: false, error: new Error("no") };
    expect(lines(treeRows(new Map([...BRANCHES, [1, failed]]), (id) => id === 1))).toEqual(["-1", "--failed", "-2"]);
  });

  it("draws ten thousand records, all open", () => {
    const many = new Map<Parent, Branch>([[null, branch(page(Array.from({ length: 100 }, (_, at): Place => [at + 1, null, 100])))]]);
    for (let parent = 1; parent <= 100; parent += 1) many.set(parent, branch(page(Array.from({ length: 100 }, (_, at): Place => [parent * 1000 + at, parent, 0]))));
    expect(treeRows(many, () => true)).toHaveLength(10_100);
  });
});

describe("branchesOf", () => {
  it("puts records of all levels below each other, in the order they came in", () => {
    const rows = treeRows(branchesOf(page([[111, 11, 0], [12, 1, 0], [11, 1, 1], [1, null, 2]])), () => true);
    expect(lines(rows)).toEqual(["-1", "--12", "--11", "---111"]);
  });
  it("is empty where nothing was found", () => expect(treeRows(branchesOf(page([])), () => true)).toEqual([]));
});

describe("stepFrom", () => {
  const rows = treeRows(BRANCHES, (id) => id === 1);
  it.each([
    ["ArrowDown", 0, { to: 1 }],
    ["ArrowDown", 3, { to: 3 }],
    ["ArrowUp", 0, { to: 0 }],
    ["Home", 2, { to: 0 }],
    ["End", 0, { to: 3 }],
    ["PageDown", 0, { to: 2 }],
    ["PageUp", 3, { to: 1 }],
    ["ArrowRight", 0, { to: 1 }],
    ["ArrowRight", 1, { toggle: 11 }],
    ["ArrowRight", 3, { to: 3 }],
    ["ArrowLeft", 0, { toggle: 1 }],
    ["ArrowLeft", 2, { to: 0 }],
    ["ArrowLeft", 3, { to: 3 }],
    ["x", 0, null],
  ])("%s from line %i", (key, at, step) => expect(stepFrom(rows, at, key, 2)).toEqual(step));
});

describe("pathUp", () => {
  it("ends at the top, and where a circle would begin again", () => {
    expect(pathUp(3, (id) => ({ 3: 2, 2: 1 })[id] ?? null)).toEqual([3, 2, 1]);
    expect(pathUp(1, (id) => ({ 1: 2, 2: 1 })[id])).toEqual([1, 2]);
    expect(pathUp(null, () => null)).toEqual([]);
  });
});
