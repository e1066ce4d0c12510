/** One card of the drawing: what it is, who or what, and whether something is wrong with it. */
import { NodeIcon } from "@/catalogue/workflow/NodeIcon";
import { nodesOf, SIZES, START, startsIn, type Change, type Mark, type Workflow } from "@/model/workflows";
import { useFormat } from "@/ui/format";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../words";

interface Props {
  readonly nodeKey: string;
  readonly workflow: Workflow;
  readonly words: FlowWords;
  readonly x: number;
  readonly y: number;
  readonly chosen: boolean;
  readonly wrong: boolean;
  readonly change: Change | undefined;
  /** How it stands to what was played; "none" while something is played that does not come by. */
  readonly mark: Mark | "none" | undefined;
  readonly onSelect: () => void;
  readonly onOpen: (() => void) | undefined;
  readonly onDrag: ((on: boolean) => void) | undefined;
}

export function CanvasNode({ nodeKey, workflow, words, x, y, chosen, wrong, change, mark, onSelect, onOpen, onDrag }: Props) {
  const { t } = useTranslation();
  const { type, name, summary } = useCard(nodeKey, workflow, words);
  return (
    <button
      type="button"
      className={["wd-node", chosen ? "chosen" : "", wrong ? "wrong" : "", change ?? "", mark ? `at-${mark}` : ""].filter(Boolean).join(" ")}
      data-key={nodeKey}
      style={{ left: x, top: y, width: SIZES.width, height: SIZES.height }}
      aria-pressed={chosen}
      tabIndex={chosen ? 0 : -1}
      draggable={onDrag !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", nodeKey);
        onDrag?.(true);
      }}
      onDragEnd={() => onDrag?.(false)}
      onFocus={onSelect}
      onClick={onSelect}
      onDoubleClick={onOpen}
    >
      <NodeIcon type={type} />
      <span className="wd-nodetext">
        <strong title={name}>{name}</strong>
        <span className="wd-summary" title={summary}>{summary}</span>
      </span>
      {wrong ? <span className="wd-mark wrong"><IconAlertTriangle size={14} aria-hidden /><span className="sr-only">{t("flow.problems.here")}</span></span> : null}
      {mark && mark !== "none" && !wrong ? <span className={`wd-mark ${mark}`}>{t(`play.mark.${mark}`)}</span> : null}
      {change ? <span className={`wd-mark ${change}`}>{t(`flow.change.${change}`)}</span> : null}
    </button>
  );
}

/** What stands on the card of a node, or of the start. */
export function useCard(key: string, workflow: Workflow, words: FlowWords): { readonly type: string; readonly name: string; readonly summary: string } {
  const { t } = useTranslation();
  const format = useFormat();
  if (key === START) {
    return { type: "start", name: t("workflow.type.start"), summary: `${words.form(workflow.form)} · ${startsIn(workflow).map(words.start).join(", ") || t("flow.start.none")}` };
  }
  const node = nodesOf(workflow)[key] ?? { type: "" };
  return { type: node.type, name: format.label(node.label) || t(`workflow.type.${node.type}`), summary: words.summary(node) };
}
