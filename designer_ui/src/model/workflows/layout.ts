/**
 * Where the nodes of a workflow stand and how its edges run: top to bottom, the arms of a branch side by side in
 * their order, what several arms lead to below them all. Nothing of it is stored.
 *
 * A block is a node with all that only it leads to. Its edges become columns side by side: a block of their own, or
 * a lane, which leads on to a node that others lead to as well. Such a node is put below the columns it ends.
 */
import { dominators, grouped, reachable } from "./dominators";

export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Beside the way things usually go (rejected, timed out): it leaves to the right, and the node stays above the others. */
  readonly aside?: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly key: string;
  readonly row: number;
}

export interface PlacedEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Corners from the foot of one node to the head of the other. */
  readonly points: readonly Point[];
  /** On the edge's own lane, which no other edge shares. */
  readonly middle: Point;
}

export interface Layout {
  /** `x`, `y` of the upper left corner. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** In pixels; a lane is as wide as the label of its edge. */
export interface Sizes {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly rowGap: number;
  readonly lane: number;
  /** How far from a node edges turn. */
  readonly turn: number;
}

export const SIZES: Sizes = { width: 232, height: 76, gap: 32, rowGap: 92, lane: 148, turn: 20 };

interface Turn {
  readonly x: number;
  /** Above this row the edge comes to its lane at `x`. */
  readonly row: number;
}

/** An edge that has left its node and not arrived yet. */
interface Lane {
  readonly edge: LayoutEdge;
  readonly turns: readonly Turn[];
}

interface Arrived extends Lane {
  readonly at: string;
}

interface Block {
  readonly anchor: number;
  readonly left: number;
  readonly right: number;
  readonly rows: number;
  readonly nodes: readonly { readonly key: string; readonly x: number; readonly row: number }[];
  readonly open: readonly Lane[];
  readonly arrived: readonly Arrived[];
}

const ROOT = "\0";

/** The layout of nodes and edges; edges that lead back or to no node are left out. */
export function layoutOf(keys: readonly string[], edges: readonly LayoutEdge[], sizes: Sizes = SIZES): Layout {
  const known = new Set(keys);
  const forward = withoutReturns(keys, edges.filter(({ from, to }) => known.has(from) && known.has(to)));
  const roots = keys.filter((key) => !forward.some(({ to }) => to === key));
  const rooted = [...roots.map((to): LayoutEdge => ({ id: `${ROOT}${to}`, from: ROOT, to })), ...forward];
  const block = new Builder(rooted, sizes).blockOf(ROOT);
  return drawn(block, sizes);
}

/** The edges without those that would close a circle. */
function withoutReturns(keys: readonly string[], edges: readonly LayoutEdge[]): readonly LayoutEdge[] {
  const out = grouped(edges, ({ from }) => from);
  const state = new Map<string, "open" | "done">();
  const kept: LayoutEdge[] = [];
  const visit = (key: string): void => {
    state.set(key, "open");
    for (const edge of out.get(key) ?? []) {
      if (state.get(edge.to) === "open") continue;
      kept.push(edge);
      if (!state.has(edge.to)) visit(edge.to);
    }
    state.set(key, "done");
  };
  const entered = new Set(edges.map(({ to }) => to));
  for (const key of [...keys.filter((one) => !entered.has(one)), ...keys]) if (!state.has(key)) visit(key);
  const order = new Map(edges.map((edge, index) => [edge, index]));
  return kept.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}

class Builder {
  readonly #out: Map<string, LayoutEdge[]>;
  readonly #in: Map<string, LayoutEdge[]>;
  readonly #below = new Map<string, string[]>();
  readonly #order: readonly string[];

  constructor(
    edges: readonly LayoutEdge[],
    private readonly sizes: Sizes,
  ) {
    this.#out = grouped(edges, ({ from }) => from);
    this.#in = grouped(edges, ({ to }) => to);
    this.#order = reachable(ROOT, (key) => (this.#out.get(key) ?? []).map(({ to }) => to));
    for (const [key, above] of dominators(this.#order, (key) => (this.#in.get(key) ?? []).map(({ from }) => from))) this.#below.set(above, [...(this.#below.get(above) ?? []), key]);
  }

  blockOf(key: string): Block {
    const out = [...(this.#out.get(key) ?? [])].sort((one, other) => Number(one.aside ?? false) - Number(other.aside ?? false));
    const columns = out.map((edge) => this.#column(edge));
    const main = out.filter(({ aside }) => !aside).length || out.length;
    let block = beside(columns, main, this.sizes.gap);
    // In their order down the graph: the upper ones may lead to the lower ones.
    const merges = (this.#below.get(key) ?? []).filter((one) => (this.#in.get(one)?.length ?? 0) > 1).sort((one, other) => this.#order.indexOf(one) - this.#order.indexOf(other));
    for (const merge of merges) block = this.#under(block, merge);
    return this.#headed(key, block, columns.length === 0);
  }

  #column(edge: LayoutEdge): Block {
    const alone = this.#in.get(edge.to)?.length === 1;
    if (!alone) {
      const half = this.sizes.lane / 2;
      return { anchor: 0, left: -half, right: half, rows: 0, nodes: [], open: [{ edge, turns: [{ x: 0, row: 0 }] }], arrived: [] };
    }
    const block = this.blockOf(edge.to);
    return { ...block, arrived: [...block.arrived, { edge, at: edge.to, turns: [{ x: block.anchor, row: 0 }] }] };
  }

  /** A node that several lanes of the block lead to, with what follows it, below the block. */
  #under(block: Block, key: string): Block {
    const coming = block.open.filter(({ edge }) => edge.to === key);
    const straight = coming.filter(({ edge }) => !edge.aside);
    const at = (straight.length > 0 ? straight : coming).map(laneOf);
    const own = this.blockOf(key);
    const middle = at.length > 0 ? (Math.min(...at) + Math.max(...at)) / 2 : block.anchor;
    const placed = moved(own, middle - own.anchor, block.rows);
    const passing = aroundBlock(block.open.filter(({ edge }) => edge.to !== key), placed, block.rows, this.sizes);
    return {
      anchor: block.anchor,
      left: Math.min(block.left, placed.left, ...passing.map((lane) => laneOf(lane) - this.sizes.lane / 2)),
      right: Math.max(block.right, placed.right, ...passing.map((lane) => laneOf(lane) + this.sizes.lane / 2)),
      rows: block.rows + own.rows,
      nodes: [...block.nodes, ...placed.nodes],
      open: [...passing, ...placed.open],
      arrived: [...block.arrived, ...placed.arrived, ...coming.map((lane) => ({ ...lane, at: key }))],
    };
  }

  /** The block with its node on top of it. */
  #headed(key: string, block: Block, bare: boolean): Block {
    if (key === ROOT) return block;
    const half = this.sizes.width / 2;
    const below = moved(block, 0, 1);
    return {
      ...below,
      left: bare ? -half : Math.min(below.left, below.anchor - half),
      right: bare ? half : Math.max(below.right, below.anchor + half),
      rows: block.rows + 1,
      nodes: [{ key, x: block.anchor, row: 0 }, ...below.nodes],
    };
  }
}

const laneOf = ({ turns }: Lane): number => turns.at(-1)?.x ?? 0;

function moved(block: Block, x: number, rows: number): Block {
  const turned = <One extends Lane>(lane: One): One => ({ ...lane, turns: lane.turns.map((turn) => ({ x: turn.x + x, row: turn.row + rows })) });
  return {
    anchor: block.anchor + x,
    left: block.left + x,
    right: block.right + x,
    rows: block.rows,
    nodes: block.nodes.map((node) => ({ ...node, x: node.x + x, row: node.row + rows })),
    open: block.open.map(turned),
    arrived: block.arrived.map(turned),
  };
}

/** Columns side by side, with the middle of the first `main` of them above it all. */
function beside(columns: readonly Block[], main: number, gap: number): Block {
  let end: number | null = null;
  const placed = columns.map((column) => {
    const block = end === null ? column : moved(column, end + gap - column.left, 0);
    end = block.right;
    return block;
  });
  const [first, last] = [placed[0], placed[main - 1]];
  return {
    anchor: first && last ? (first.anchor + last.anchor) / 2 : 0,
    left: first?.left ?? 0,
    right: placed.at(-1)?.right ?? 0,
    rows: Math.max(0, ...placed.map(({ rows }) => rows)),
    nodes: placed.flatMap(({ nodes }) => nodes),
    open: placed.flatMap(({ open }) => open),
    arrived: placed.flatMap(({ arrived }) => arrived),
  };
}

/** Lanes that would run through the block are led past it on the side they are nearer to. */
function aroundBlock(lanes: readonly Lane[], block: Block, row: number, { lane: wide, gap }: Sizes): readonly Lane[] {
  const inside = (x: number): boolean => x > block.left - gap / 2 && x < block.right + gap / 2;
  let [left, right] = [block.left - gap / 2, block.right + gap / 2];
  const sorted = [...lanes].sort((one, other) => laneOf(one) - laneOf(other));
  const led = new Map<Lane, Lane>();
  for (const lane of sorted.filter((one) => inside(laneOf(one)))) {
    const toLeft = laneOf(lane) < block.anchor;
    const x = toLeft ? left - wide / 2 : right + wide / 2;
    if (toLeft) left -= wide;
    else right += wide;
    led.set(lane, { ...lane, turns: [...lane.turns, { x, row }] });
  }
  return lanes.map((lane) => led.get(lane) ?? lane);
}

function drawn(block: Block, sizes: Sizes): Layout {
  const { width, height, rowGap, turn } = sizes;
  const step = height + rowGap;
  const at = new Map(block.nodes.map((node) => [node.key, { x: node.x - block.left, y: node.row * step }]));
  const edges = block.arrived.flatMap(({ edge, turns, at: end }) => {
    const [from, to] = [at.get(edge.from), at.get(end)];
    if (!from || !to) return [];
    return [{ id: edge.id, from: edge.from, to: edge.to, ...route(from, to, turns.map((one) => ({ x: one.x - block.left, row: one.row })), sizes) }];
  });
  const bottom = Math.max(0, ...[...at.values()].map(({ y }) => y + height));
  return {
    nodes: block.nodes.map(({ key, row }) => ({ key, row, x: (at.get(key)?.x ?? 0) - width / 2, y: at.get(key)?.y ?? 0 })),
    edges,
    width: Math.max(0, block.right - block.left),
    height: Math.max(bottom, turn),
  };
}

/** Corners of an edge from below one node (`from`, its middle and head) along its turns to another. */
function route(from: Point, to: Point, turns: readonly Turn[], { height, rowGap, turn }: Sizes): { readonly points: readonly Point[]; readonly middle: Point } {
  const step = height + rowGap;
  let at: Point = { x: from.x, y: from.y + height };
  const points: Point[] = [at];
  const go = (x: number, y: number): void => {
    if (Math.abs(at.x - x) < 0.5) return;
    points.push({ x: at.x, y }, { x, y });
    at = { x, y };
  };
  turns.forEach(({ x, row }, index) => go(x, index === 0 ? from.y + height + turn : row * step - rowGap + turn));
  const lane = at;
  const end = to.y - turn;
  go(to.x, end);
  points.push({ x: to.x, y: to.y });
  // The first piece of the lane: down to the node, or to where it meets others.
  const foot = Math.min(lane.x === to.x ? to.y : end, lane.y + rowGap - turn);
  return { points, middle: { x: lane.x, y: (Math.max(lane.y, from.y + height) + foot) / 2 } };
}

/** The path of an edge with rounded corners. */
export function pathOf(points: readonly Point[], radius = 8): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M ${point.x} ${point.y}`;
      if (!after) return `L ${point.x} ${point.y}`;
      const [from, to] = [towards(point, before, radius), towards(point, after, radius)];
      return `L ${from.x} ${from.y} Q ${point.x} ${point.y} ${to.x} ${to.y}`;
    })
    .join(" ");
}

function towards(from: Point, to: Point, most: number): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const share = distance === 0 ? 0 : Math.min(most, distance / 2) / distance;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
