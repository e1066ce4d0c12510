import { layoutOf, SIZES, type Layout, type LayoutEdge } from "@/model/workflows/layout";
import { describe, expect, it } from "vitest";

/** "a-b, b-c!" : edges, with ! for one that leaves to the side. */
function graph(text: string): { keys: string[]; edges: LayoutEdge[] } {
  const edges = text.split(",").map((part, index): LayoutEdge => {
    const [from = "", to = ""] = part.trim().replace("!", "").split("-");
    return { id: `${index}`, from, to, aside: part.includes("!") };
  });
  return { keys: [...new Set(edges.flatMap(({ from, to }) => [from, to]))], edges };
}

const laid = (text: string): Layout => {
  const { keys, edges } = graph(text);
  return layoutOf(keys, edges);
};

const at = (layout: Layout, key: string) => {
  const node = layout.nodes.find((one) => one.key === key);
  if (!node) throw new Error(`${key} is not placed`);
  return node;
};

const GRAPHS: readonly (readonly [string, string])[] = [
  ["a sequence", "a-b, b-c, c-d"],
  ["a branch that meets again", "a-b, a-c, b-d, c-d, d-e"],
  ["an arm without a node", "a-b, a-d, b-d"],
  ["three arms of different length", "a-b, a-c, a-d, b-e, e-m, c-m, d-f, f-g, g-m"],
  ["a branch within a branch", "a-b, a-c, b-d, b-e, d-f, e-f, f-z, c-z"],
  ["arms that end by themselves", "a-b, a-c, b-e1, c-e2"],
  ["rejected leads to one end from everywhere", "a-b, a-r!, b-c, b-r!, c-e, c-r!"],
  ["rejected leads past a branch", "a-b, a-r!, b-c, b-d, c-m, d-m, m-e, m-r!"],
  ["arms that meet before they all meet", "a-b, a-c, a-d, b-m, c-m, d-n, m-n, n-e"],
  ["the outer arms meet first", "a-b, a-c, a-d, b-m, d-m, c-n, m-n"],
  ["crossing arms", "a-b, a-c, b-x, b-y, c-x, c-y, x-e, y-e"],
  ["two starts", "a-b, c-d"],
  ["a circle", "a-b, b-c, c-a, c-d"],
  ["two edges to the same node", "a-b, a-b, b-c"],
];

describe("a layout", () => {
  it.each(GRAPHS)("of %s leaves nothing out and covers nothing", (_, text) => {
    const layout = laid(text);
    expect(layout.nodes.map(({ key }) => key).sort()).toEqual([...graph(text).keys].sort());
    for (const one of layout.nodes) {
      expect(one.x).toBeGreaterThanOrEqual(-0.5);
      expect(one.x + SIZES.width).toBeLessThanOrEqual(layout.width + 0.5);
      for (const other of layout.nodes) {
        if (one.key >= other.key || one.row !== other.row) continue;
        expect(Math.abs(one.x - other.x), `${one.key} and ${other.key}`).toBeGreaterThanOrEqual(SIZES.width);
      }
    }
  });

  it.each(GRAPHS)("of %s leads every edge down, and none through a node", (_, text) => {
    const layout = laid(text);
    for (const edge of layout.edges) {
      expect(at(layout, edge.to).row, edge.id).toBeGreaterThan(at(layout, edge.from).row);
      edge.points.slice(1).forEach((point, index) => {
        const before = edge.points[index] ?? point;
        expect(point.y).toBeGreaterThanOrEqual(before.y - 0.5);
        for (const node of layout.nodes) {
          const beside = Math.max(point.x, before.x) <= node.x || Math.min(point.x, before.x) >= node.x + SIZES.width;
          const apart = point.y <= node.y + 0.5 || before.y >= node.y + SIZES.height - 0.5;
          expect(beside || apart, `${edge.from}-${edge.to} runs through ${node.key}`).toBe(true);
        }
      });
    }
  });

  it.each(GRAPHS.filter(([name]) => name !== "a circle"))("of %s shows every edge", (_, text) => {
    expect(laid(text).edges.map(({ id }) => id).sort()).toEqual(graph(text).edges.map(({ id }) => id).sort());
  });

  it("keeps the order of the arms", () => {
    const layout = laid("a-d, a-c, a-b, d-m, c-m, b-m");
    const places = ["d", "c", "b"].map((key) => at(layout, key).x);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  it("puts a branch and where it meets in one line", () => {
    const layout = laid("a-b, a-c, a-d, b-m, c-m, d-m");
    expect(at(layout, "m").x).toBeCloseTo(at(layout, "a").x);
    expect(at(layout, "c").x).toBeCloseTo(at(layout, "a").x);
  });

  it("keeps the usual way straight where another leaves to the side", () => {
    const layout = laid("a-b, a-r!, b-c, b-r!");
    expect(at(layout, "b").x).toBeCloseTo(at(layout, "a").x);
    expect(at(layout, "c").x).toBeCloseTo(at(layout, "a").x);
    expect(at(layout, "r").x).toBeGreaterThan(at(layout, "a").x);
  });

  it("leaves out the edge that closes a circle", () => {
    expect(laid("a-b, b-c, c-a, c-d").edges.map(({ id }) => id)).toEqual(expect.not.arrayContaining(["2"]));
  });

  it("gives every edge a place of its own for its label", () => {
    for (const [, text] of GRAPHS) {
      const places = laid(text).edges.map(({ middle }) => `${Math.round(middle.x)},${Math.round(middle.y)}`);
      expect(new Set(places).size, text).toBe(places.length);
    }
  });

  it("of nothing is empty", () => {
    expect(layoutOf([], [])).toMatchObject({ nodes: [], edges: [], width: 0 });
  });
});
