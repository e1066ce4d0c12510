/** How far a workflow has come: its nodes with the people, the ways it took, and where it probably goes from here. */
import { layoutOf, pathOf, SIZES, type Layout } from "@/model/workflows/layout";
import { durationParts, secondsSince } from "@/model/duration";
import { useFormat, type BilingualText } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconCheck, IconCircleDashed, IconMinus, IconPlayerSkipForward, IconPlayerTrackNext, IconPlus, IconProgress, IconZoomScan } from "@tabler/icons-react";
import { useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { NodeIcon } from "./NodeIcon";
import "./diagram.css";

export type NodeState = "done" | "current" | "expected" | "skipped" | "future";

export interface DiagramNode {
  readonly key: string;
  readonly type: string;
  readonly label: BilingualText | string | null;
  readonly state: NodeState;
  readonly people?: readonly { readonly id: number; readonly name: string }[];
  readonly entered_at?: string | null;
  readonly left_at?: string | null;
  /** How often it was entered, and the seconds of the visits that are over. */
  readonly visits?: number;
  readonly took_s?: number | null;
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: BilingualText | string | null;
  readonly taken?: boolean;
  /** It will probably be taken from here on. */
  readonly expected?: boolean;
}

interface Props {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** What it is called to those who do not see it. */
  readonly label?: string;
}

/** Nothing is put between nodes here. */
const CLOSE = { ...SIZES, rowGap: 64 };
const LEAST = 0.4;
const READABLE = 0.65;
const STEP = 0.15;
const MARGIN = 16;

export default function WorkflowDiagram({ nodes, edges, label }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutOf(nodes.map(({ key }) => key), edges.map(({ from, to }, index) => ({ id: String(index), from, to })), CLOSE), [nodes, edges]);
  const [scale, setScale] = useState(1);
  const zoom = (to: number): void => setScale(Math.min(1.5, Math.max(LEAST, to)));
  const fitting = (least: number): number => Math.max(least, Math.min(1, ((frame.current?.clientWidth ?? 0) - 2 * MARGIN) / (layout.width || 1)));
  useShownFirst(frame, layout, nodes, () => {
    const found = fitting(READABLE);
    setScale(found);
    return found;
  });
  return (
    <div className="wf-diagram">
      <div className="wf-zoom" role="group" aria-label={t("workflow.diagram.zoom")}>
        <IconButton label={t("workflow.diagram.smaller")} disabled={scale <= LEAST} onClick={() => zoom(scale - STEP)}><IconMinus size={16} aria-hidden /></IconButton>
        <IconButton label={t("workflow.diagram.larger")} disabled={scale >= 1.5} onClick={() => zoom(scale + STEP)}><IconPlus size={16} aria-hidden /></IconButton>
        <IconButton label={t("workflow.diagram.fit")} onClick={() => zoom(fitting(LEAST))}><IconZoomScan size={16} aria-hidden /></IconButton>
      </div>
      <div ref={frame} className="wf-frame" role="region" tabIndex={0} aria-label={label ?? t("workflow.diagram.title")}>
        <div className="wf-room" style={{ width: layout.width * scale, height: layout.height * scale }}>
          <div className="wf-drawing" style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}>
            <Edges layout={layout} edges={edges} />
            <ol>
              {[...layout.nodes].sort((one, other) => one.row - other.row || one.x - other.x).map(({ key, x, y }) => {
                const node = nodes.find((one) => one.key === key);
                return node ? <Card key={key} node={node} x={x} y={y} /> : null;
              })}
            </ol>
          </div>
        </div>
      </div>
    </div>
  );
}

/** Once, when it is drawn: at a size to be read, with the node in work in sight. */
function useShownFirst(frame: RefObject<HTMLDivElement | null>, layout: Layout, nodes: readonly DiagramNode[], fit: () => number): void {
  const shown = useRef(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || shown.current) return;
    shown.current = true;
    const scale = fit();
    const current = nodes.find(({ state }) => state === "current")?.key;
    const at = layout.nodes.find(({ key }) => key === current) ?? layout.nodes[0];
    if (!at) return;
    // The room has its new size only after this turn.
    requestAnimationFrame(() => {
      element.scrollLeft = (at.x + SIZES.width / 2) * scale + MARGIN - element.clientWidth / 2;
      element.scrollTop = (at.y + SIZES.height / 2) * scale + MARGIN - element.clientHeight / 2;
    });
  });
}

function Edges({ layout, edges }: { layout: Layout; edges: readonly DiagramEdge[] }) {
  const format = useFormat();
  // What was taken lies over what will be, and that over all other ways.
  const rank = (id: string): number => (edges[Number(id)]?.taken ? 2 : edges[Number(id)]?.expected ? 1 : 0);
  const drawn = [...layout.edges].sort((one, other) => rank(one.id) - rank(other.id));
  return (
    <>
      <svg className="wf-edges" width={layout.width} height={layout.height} aria-hidden>
        {drawn.map(({ id, points }) => <path key={id} d={pathOf(points)} className={WAYS[rank(id)]} />)}
      </svg>
      {drawn.map(({ id, middle }) => {
        const text = format.label(edges[Number(id)]?.label);
        return text ? <span key={id} className="wf-edgelabel" title={text} style={{ left: middle.x, top: middle.y }}>{text}</span> : null;
      })}
    </>
  );
}

const WAYS = ["", "expected", "taken"];

/** What is shorter is said of people alone: machines take no time that anybody minds. */
const MINUTE = 60;

/** How long a node took, all visits together; of one in work how long it waits by now. */
function useSpan(): (node: DiagramNode) => string {
  const { t } = useTranslation();
  return (node) => {
    const waits = node.state === "current" && node.entered_at ? secondsSince(node.entered_at) : null;
    const seconds = waits ?? node.took_s ?? null;
    if (seconds === null || (node.state !== "current" && node.state !== "done") || (seconds < MINUTE && !node.people?.length)) return "";
    const { unit, count } = durationParts(seconds);
    const visits = node.visits ?? 0;
    return `${t(`workflow.span.${unit}`, { count })}${visits > 1 ? ` (${t("workflow.visits", { count: visits })})` : ""}`;
  };
}

const MARKS: Readonly<Record<NodeState, ReactNode>> = {
  done: <IconCheck size={14} aria-hidden />,
  current: <IconProgress size={14} aria-hidden />,
  expected: <IconPlayerTrackNext size={14} aria-hidden />,
  skipped: <IconPlayerSkipForward size={14} aria-hidden />,
  future: <IconCircleDashed size={14} aria-hidden />,
};

function Card({ node, x, y }: { node: DiagramNode; x: number; y: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = (node.people ?? []).map(({ name }) => name);
  const words = format.label(node.label) || t(`workflow.type.${node.type}`);
  const state = t(`workflow.state.${node.state}`);
  const when = node.left_at ?? node.entered_at;
  const told = [state, useSpan()(node), people.join(", ")].filter(Boolean).join(" · ");
  return (
    <li className={`wf-card ${node.state}`} style={{ left: x, top: y, width: SIZES.width, height: SIZES.height }} aria-current={node.state === "current" ? "step" : undefined} title={when ? format.dateTime(when) : undefined}>
      <NodeIcon type={node.type} />
      <span className="wf-name">{words}</span>
      <span className="wf-state">
        {MARKS[node.state]}
        <span className="ellipsis" title={told}>{told}</span>
      </span>
    </li>
  );
}
