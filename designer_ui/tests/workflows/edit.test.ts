import { addArm, copied, duplicated, insertBefore, insertOn, movedTo, moveArm, pasted, removeArm, removeNode, renamed, wayOn } from "@/model/workflows/edit";
import { after, armsOf, edgesOf, meeting, nodesOf } from "@/model/workflows/graph";
import { begin, changed, redone, undone } from "@/model/workflows/history";
import { START, type Workflow, type WorkflowNode } from "@/model/workflows/types";
import { describe, expect, it } from "vitest";

/** "first: a; a=approval>b; b=branch/parallel>c,d; ..." in short. */
function workflow(text: string): Workflow {
  const nodes: Record<string, WorkflowNode> = {};
  for (const part of text.split(";").map((one) => one.trim())) {
    const [, key = "", type = "", , kind, targets = ""] = /^(\w+)=(\w+)(\/(\w+))?(?:>(.*))?$/.exec(part) ?? [];
    const to = targets.split(",").filter(Boolean);
    if (type === "branch") nodes[key] = { type, kind: kind ?? "exclusive", branches: Object.fromEntries(to.map((next, index) => [`arm${index}`, { label: { en: next }, ...(kind === "parallel" || index === to.length - 1 ? {} : { when: "TRUE" }), next }])) };
    else nodes[key] = { type, ...(to[0] ? { next: to[0] } : {}), ...(to[1] ? { rejected: to[1] } : {}) };
  }
  return { form: "quote", first: Object.keys(nodes)[0] ?? "", nodes };
}

/** The edges in short, sorted: what a test compares. */
const ways = (one: Workflow): string => edgesOf(one).map(({ from, to, port }) => `${from}${port === "next" || port === "first" ? "" : `.${port.replace("branches/", "")}`}>${to}`).sort().join(" ");
const edge = (one: Workflow, id: string) => {
  const found = edgesOf(one).find((other) => other.id === id);
  if (!found) throw new Error(`no edge ${id}`);
  return found;
};
/** Every node is reached and every way ends. */
const isWhole = (one: Workflow): boolean => {
  const nodes = nodesOf(one);
  const reached = after(one, START).filter((key) => key !== START);
  return reached.length === Object.keys(nodes).length && edgesOf(one).every(({ to }) => nodes[to] !== undefined) && Object.values(nodes).every((node) => node.type === "end" || (node.type === "branch" ? armsOf(node).length > 1 : node.next !== undefined));
};

const LINE = workflow("a=approval>b; b=approval>e; e=end");
const BRANCHED = workflow("a=approval>s; s=branch>x,m,y; x=approval>m; y=approval>z; z=copy>m; m=set_fields>e; e=end");
const PARALLEL = workflow("s=branch/parallel>x,y; x=approval>j; y=approval>j; j=join>e; e=end");
const APART = workflow("s=branch>x,y; x=approval>e1; y=approval>e2; e1=end; e2=end");
const REJECTED = workflow("a=approval>b,r; b=approval>e,r; r=set_fields>no; e=end; no=end");
const NEW: WorkflowNode = { type: "approval" };

describe("a node put in", () => {
  it.each([
    [LINE, "a>next", "$start>a a>approval approval>b b>e"],
    [LINE, "$start>first", "$start>approval a>b approval>a b>e"],
    [BRANCHED, "s>branches/arm1", "$start>a a>s approval>m m>e s.arm0>x s.arm1>approval s.arm2>y x>m y>z z>m"],
    [REJECTED, "a>rejected", "$start>a a.rejected>approval a>b approval>r b.rejected>r b>e r>no"],
  ])("on an edge leads on to where the edge led", (before, id, expected) => {
    const { workflow: result, key } = insertOn(before, edge(before, id), NEW);
    expect(ways(result)).toBe(expected);
    expect(key).toBe("approval");
    expect(isWhole(result)).toBe(true);
  });

  it("before another one takes over all that led there", () => {
    expect(ways(insertBefore(BRANCHED, "m", NEW).workflow)).toBe("$start>a a>s approval>m m>e s.arm0>x s.arm1>approval s.arm2>y x>approval y>z z>approval");
  });

  it("as a parallel branch comes with a join", () => {
    const node: WorkflowNode = { type: "branch", kind: "parallel", branches: { one: {}, two: {} } };
    const { workflow: result } = insertOn(LINE, edge(LINE, "a>next"), node);
    expect(ways(result)).toBe("$start>a a>branch b>e branch.one>join branch.two>join join>b");
  });

  it("as an end cuts off what only followed there", () => {
    const { workflow: result } = insertOn(APART, edge(APART, "s>branches/arm1"), { type: "end" });
    expect(ways(result)).toBe("$start>s s.arm0>x s.arm1>end x>e1");
  });

  it("gets a key nobody has", () => {
    const once = insertOn(LINE, edge(LINE, "a>next"), NEW).workflow;
    expect(insertOn(once, edge(once, "a>next"), NEW).key).toBe("approval_2");
  });
});

describe("a node taken out", () => {
  it.each([
    [LINE, "a", "$start>b b>e"],
    [BRANCHED, "z", "$start>a a>s m>e s.arm0>x s.arm1>m s.arm2>y x>m y>m"],
    [BRANCHED, "s", "$start>a a>m m>e"],
    [PARALLEL, "s", "$start>e"],
    [APART, "s", "$start>y y>e2"],
    [APART, "e1", "$start>s s.arm0>x s.arm1>y x>e2 y>e2"],
    [REJECTED, "r", "$start>a a.rejected>no a>b b.rejected>no b>e"],
    [REJECTED, "b", "$start>a a.rejected>r a>e r>no"],
  ])("is mended over", (before, key, expected) => {
    const result = removeNode(before, key);
    expect(result && ways(result)).toBe(expected);
    expect(result && isWhole(result)).toBe(true);
  });

  it("is refused of the only end", () => expect(removeNode(LINE, "e")).toBeNull());
});

describe("arms", () => {
  it("are added before otherwise, and lead to where all meet", () => {
    const { workflow: result } = addArm(BRANCHED, "s", { en: "New" });
    expect(armsOf(nodesOf(result)["s"]).map(([key, { next }]) => `${key}>${next}`)).toEqual(["arm0>x", "arm1>m", "arm>m", "arm2>y"]);
  });

  it.each([
    [BRANCHED, "arm2", "$start>a a>s m>e s.arm0>x s.arm1>m x>m"],
    [PARALLEL, "arm0", "$start>y y>e"],
    [APART, "arm1", "$start>x x>e1"],
  ])("are taken out with what only they lead to", (before, arm, expected) => expect(ways(removeArm(before, "s", arm))).toBe(expected));

  it("leave one without a condition as the last", () => {
    const last = armsOf(nodesOf(removeArm(BRANCHED, "s", "arm2"))["s"]).at(-1);
    expect(last?.[1]).not.toHaveProperty("when");
  });

  it.each([
    ["arm0", 1, "arm1 arm0 arm2"],
    ["arm1", 1, "arm0 arm1 arm2"],
    ["arm0", -1, "arm0 arm1 arm2"],
  ] as const)("move, but never past otherwise", (arm, step, expected) => {
    expect(armsOf(nodesOf(moveArm(BRANCHED, "s", arm, step))["s"]).map(([key]) => key).join(" ")).toBe(expected);
  });
});

describe("copying and moving", () => {
  it.each([
    [LINE, "a", "b>next", "$start>a a>b a_2>e b>a_2"],
    [BRANCHED, "s", "m>next", "$start>a a>s m>s_2 s.arm0>x s.arm1>m s.arm2>y s_2.arm0>x_2 s_2.arm1>e s_2.arm2>y_2 x>m x_2>e y>z y_2>z_2 z>m z_2>e"],
    [PARALLEL, "s", "j>next", "$start>s j>s_2 j_2>e s.arm0>x s.arm1>y s_2.arm0>x_2 s_2.arm1>y_2 x>j x_2>j_2 y>j y_2>j_2"],
  ])("a copy has keys of its own", (before, key, id, expected) => {
    const piece = copied(before, key);
    const result = piece && pasted(before, edge(before, id), piece).workflow;
    expect(result && ways(result)).toBe(expected);
  });

  it.each([
    ["a step", LINE, "a", "$start>a a>a_2 a_2>b b>e"],
    ["a branch whose arms meet at a step that others lead to, too", BRANCHED, "s", "$start>a a>s m>e s.arm0>x s.arm1>s_2 s.arm2>y s_2.arm0>x_2 s_2.arm1>m s_2.arm2>y_2 x>s_2 x_2>m y>z y_2>z_2 z>s_2 z_2>m"],
    ["a branch with its join", PARALLEL, "s", "$start>s j>s_2 j_2>e s.arm0>x s.arm1>y s_2.arm0>x_2 s_2.arm1>y_2 x>j x_2>j_2 y>j y_2>j_2"],
    ["a step with a way for rejected", REJECTED, "a", "$start>a a.rejected>r a>a_2 a_2>b b.rejected>r b>e r>no"],
    ["an end", LINE, "e", null],
  ])("%s is duplicated behind itself", (_, before, key, expected) => {
    const result = duplicated(before, key)?.workflow ?? null;
    expect(result && ways(result)).toBe(expected);
    expect(result === null || isWhole(result)).toBe(true);
  });

  it.each([
    [LINE, "a", "b>next", "$start>b a>e b>a"],
    [LINE, "b", "$start>first", "$start>b a>e b>a"],
    [BRANCHED, "s", "m>next", "$start>a a>m m>s s.arm0>x s.arm1>e s.arm2>y x>e y>z z>e"],
    [BRANCHED, "a", "s>branches/arm1", "$start>s a>m m>e s.arm0>x s.arm1>a s.arm2>y x>m y>z z>m"],
  ])("a move keeps the key", (before, key, id, expected) => {
    const result = movedTo(before, key, edge(before, id));
    expect(result && ways(result)).toBe(expected);
    expect(result && isWhole(result)).toBe(true);
  });

  it.each([
    [LINE, "a", "a>next"],
    [BRANCHED, "s", "x>next"],
    [LINE, "e", "a>next"],
  ])("a move into itself, or of an end, is none", (before, key, id) => expect(movedTo(before, key, edge(before, id))).toBeNull());
});

describe("the graph", () => {
  it.each([
    [BRANCHED, "s", "m"],
    [PARALLEL, "s", "j"],
    [APART, "s", null],
    [REJECTED, "a", "b"],
  ])("knows where ways meet", (one, key, expected) => expect(meeting(one, key)).toBe(expected));

  it("knows the way on from a branch", () => {
    expect(wayOn(PARALLEL, "s")?.id).toBe("j>next");
    expect(wayOn(LINE, START)?.id).toBe("$start>first");
  });

  it("renames a node with all that names it", () => {
    const before: Workflow = { ...LINE, nodes: { ...LINE.nodes, b: { type: "approval", next: "e", assignees: [{ by: "decider_of", node: "a" }], decisions: { return: { to: ["a", "start"] } } } } };
    const result = renamed(before, "a", "lead");
    expect(ways(result)).toBe("$start>lead b>e lead>b");
    expect(nodesOf(result)["b"]).toMatchObject({ assignees: [{ node: "lead" }], decisions: { return: { to: ["lead", "start"] } } });
  });
});

describe("a history", () => {
  it("goes back and forth, and forgets what was undone when something else is done", () => {
    let history = changed(changed(begin(1), 2), 3);
    history = undone(undone(undone(history)));
    expect(history.present).toBe(1);
    history = redone(history);
    expect(history.present).toBe(2);
    expect(redone(changed(history, 9)).present).toBe(9);
  });

  it("takes typing in one place as one step", () => {
    const typed = changed(changed(changed(begin(""), "a", "label"), "ab", "label"), "abc", "label");
    expect(undone(typed).present).toBe("");
    expect(undone(changed(typed, "x", "other")).present).toBe("abc");
  });
});
