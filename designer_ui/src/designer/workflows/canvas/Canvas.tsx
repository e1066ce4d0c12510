/** The drawing of a workflow to be changed: cards to choose and to drag, a button on every edge, zoom and an overview. */
import { edgesOf, layoutOf, nodesOf, pathOf, SIZES, START, type Change, type Edge, type Layout, type Marks, type PlacedEdge, type Workflow } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconMinus, IconPlus, IconSearch, IconZoomScan } from "@tabler/icons-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../words";
import { CanvasNode } from "./CanvasNode";
import { MiniMap } from "./MiniMap";

export interface CanvasProps {
  readonly workflow: Workflow;
  readonly words: FlowWords;
  readonly selected: string;
  readonly onSelect: (key: string) => void;
  /** Into the panel of the chosen node. */
  readonly onOpen?: (() => void) | undefined;
  readonly onAdd?: (edge: Edge) => void;
  readonly onMove?: (key: string, edge: Edge) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly onFind?: () => void;
  readonly wrong?: ReadonlySet<string>;
  readonly changes?: ReadonlyMap<string, Change>;
  /** What was played, drawn over it. */
  readonly marks?: Marks | null | undefined;
  readonly label: string;
}

const LEAST = 0.35;
const MOST = 1.5;
const STEP = 0.15;
const MARGIN = 32;

export function Canvas(props: CanvasProps) {
  const { workflow, words, selected, onSelect, onOpen, onAdd, onMove, onKey, label } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const [dragged, setDragged] = useState<string | null>(null);
  const edges = useMemo(() => edgesOf(workflow), [workflow]);
  // Most changes are about words and people: what is drawn stays where it is.
  const shape = JSON.stringify([[START, ...Object.keys(nodesOf(workflow))], edges]);
  const layout = useMemo(() => layoutOf(...(JSON.parse(shape) as [string[], Edge[]])), [shape]);
  const zoom = (to: number): void => setScale(Math.min(MOST, Math.max(LEAST, Math.round(to * 100) / 100)));
  const fit = (): void => {
    const box = frame.current;
    if (box) zoom(Math.min(1, (box.clientWidth - 2 * MARGIN) / layout.width, (box.clientHeight - 2 * MARGIN) / layout.height));
  };
  useSelectedInSight(frame, selected);
  useWheelZoom(frame, (step) => zoom(scale + step));
  const pan = usePan(frame);
  const keys = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: "down", ArrowUp: "up", ArrowLeft: "left", ArrowRight: "right" }[event.key];
    const to = step && !event.ctrlKey && !event.metaKey ? neighbour(layout, edges, selected, step) : null;
    if (to !== null) {
      event.preventDefault();
      return onSelect(to);
    }
    if (["+", "=", "-", "0"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (event.key === "0") fit();
      else zoom(scale + (event.key === "-" ? -STEP : STEP));
      return;
    }
    if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.dataset["key"] !== undefined) {
      event.preventDefault();
      onOpen?.();
      return;
    }
    onKey?.(event);
  };
  return (
    <div className="wd-canvas" onKeyDown={keys}>
      <div ref={frame} className="wd-frame" role="group" aria-label={label} tabIndex={-1} {...pan}>
        <div className="wd-room" style={{ width: layout.width * scale, height: layout.height * scale }}>
          <div className={dragged ? "wd-drawing dragging" : "wd-drawing"} style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}>
            <svg className="wf-edges" width={layout.width} height={layout.height} aria-hidden>
              {layout.edges.map(({ id, points }) => <path key={id} d={pathOf(points)} className={[edges.find((one) => one.id === id)?.aside ? "aside" : "", props.marks?.edges.has(id) ? "taken" : ""].filter(Boolean).join(" ")} />)}
            </svg>
            {[...layout.nodes].sort((one, other) => one.row - other.row || one.x - other.x).map(({ key, x, y }) => (
              <CanvasNode
                key={key}
                nodeKey={key}
                workflow={workflow}
                words={words}
                x={x}
                y={y}
                chosen={key === selected}
                wrong={props.wrong?.has(key) ?? false}
                change={props.changes?.get(key)}
                mark={props.marks ? (props.marks.nodes.get(key) ?? "none") : undefined}
                onSelect={() => onSelect(key)}
                onOpen={onOpen}
                onDrag={onMove && key !== START && nodesOf(workflow)[key]?.type !== "end" ? (on) => setDragged(on ? key : null) : undefined}
              />
            ))}
            {layout.edges.map((placed) => {
              const edge = edges.find(({ id }) => id === placed.id);
              return edge ? <EdgeTools key={edge.id} edge={edge} placed={placed} workflow={workflow} words={words} onAdd={onAdd} onDrop={onMove && dragged ? () => onMove(dragged, edge) : undefined} /> : null;
            })}
          </div>
        </div>
      </div>
      <div className="wd-zoom" role="group" aria-label={t("flow.zoom.title")}>
        <IconButton label={t("flow.zoom.smaller")} disabled={scale <= LEAST} onClick={() => zoom(scale - STEP)}><IconMinus size={16} aria-hidden /></IconButton>
        <span className="num">{Math.round(scale * 100)} %</span>
        <IconButton label={t("flow.zoom.larger")} disabled={scale >= MOST} onClick={() => zoom(scale + STEP)}><IconPlus size={16} aria-hidden /></IconButton>
        <IconButton label={t("flow.zoom.fit")} onClick={fit}><IconZoomScan size={16} aria-hidden /></IconButton>
        {props.onFind ? <IconButton label={`${t("flow.find.title")} (/)`} onClick={props.onFind}><IconSearch size={16} aria-hidden /></IconButton> : null}
      </div>
      <MiniMap layout={layout} frame={frame} scale={scale} margin={MARGIN} selected={selected} />
    </div>
  );
}

interface ToolsProps {
  readonly edge: Edge;
  readonly placed: PlacedEdge;
  readonly workflow: Workflow;
  readonly words: FlowWords;
  readonly onAdd: ((edge: Edge) => void) | undefined;
  readonly onDrop: (() => void) | undefined;
}

/** What stands on an edge: its words, and the button to put a node there. */
function EdgeTools({ edge, placed, workflow, words, onAdd, onDrop }: ToolsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const arm = edge.arm === undefined ? undefined : nodesOf(workflow)[edge.from]?.branches?.[edge.arm];
  const text = edge.aside ? t(`flow.port.${edge.port}`) : arm ? format.label(arm.label) || t("flow.arm.unnamed") : "";
  const title = [text, arm?.when ? words.expression(arm.when) : ""].filter(Boolean).join(": ");
  return (
    <div className="wd-edge" style={{ left: placed.middle.x, top: placed.middle.y }}>
      {text ? <span className={edge.aside ? "wd-edgelabel aside" : "wd-edgelabel"} title={title}>{text}</span> : null}
      {onAdd ? (
        <button
          type="button"
          className={over && onDrop ? "wd-plus over" : "wd-plus"}
          aria-label={t("flow.add.between", { from: edge.from === START ? t("workflow.type.start") : words.node(edge.from), to: words.node(edge.to), way: text })}
          title={t("flow.add.title")}
          onClick={() => onAdd(edge)}
          onDragOver={(event) => {
            if (!onDrop) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            onDrop?.();
          }}
        >
          <IconPlus size={14} aria-hidden />
        </button>
      ) : null}
    </div>
  );
}

/** The card that an arrow key leads to: along the edges up and down, in the row to the sides. */
function neighbour(layout: Layout, edges: readonly Edge[], key: string, step: string): string | null {
  const here = layout.nodes.find((one) => one.key === key);
  if (!here) return layout.nodes[0]?.key ?? null;
  const placed = (one: string): boolean => layout.nodes.some((node) => node.key === one);
  if (step === "down") return edges.find(({ from, to }) => from === key && placed(to))?.to ?? null;
  if (step === "up") return edges.find(({ from, to }) => to === key && placed(from))?.from ?? null;
  const sign = step === "left" ? -1 : 1;
  const beside = layout.nodes.filter(({ x, key: one }) => one !== key && (x - here.x) * sign > SIZES.width / 2);
  const near = (node: { x: number; y: number }): number => Math.abs(node.x - here.x) + 3 * Math.abs(node.y - here.y);
  return beside.sort((one, other) => near(one) - near(other))[0]?.key ?? null;
}

/** Whatever is chosen, wherever it was chosen, is in sight; the focus of a card goes along, also where that card is gone. */
function useSelectedInSight(frame: RefObject<HTMLDivElement | null>, selected: string): void {
  const before = useRef(selected);
  useLayoutEffect(() => {
    const card = frame.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(selected)}"]`);
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const active = document.activeElement;
    if (before.current !== selected && (active === document.body || active?.classList.contains("wd-node"))) card?.focus();
    before.current = selected;
  }, [frame, selected]);
}

/** Ctrl with the wheel, and pinching; the browser would zoom the page unless it is told otherwise. */
function useWheelZoom(frame: RefObject<HTMLDivElement | null>, zoom: (step: number) => void): void {
  const latest = useRef(zoom);
  useEffect(() => {
    latest.current = zoom;
  });
  useEffect(() => {
    const element = frame.current;
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest.current(event.deltaY < 0 ? STEP / 2 : -STEP / 2);
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [frame]);
}

/** Dragging the ground moves what is seen. */
function usePan(frame: RefObject<HTMLDivElement | null>) {
  const from = useRef<{ readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null>(null);
  return {
    onPointerDown: (event: PointerEvent): void => {
      const box = frame.current;
      if (!box || event.pointerType !== "mouse" || event.button !== 0 || (event.target as Element).closest("button, .wd-node")) return;
      from.current = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop };
      box.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent): void => {
      if (from.current && frame.current) frame.current.scrollTo(from.current.left + from.current.x - event.clientX, from.current.top + from.current.y - event.clientY);
    },
    onPointerUp: (): void => {
      from.current = null;
    },
  };
}
