/** What every part of a panel needs to know. */
import type { AppDocument } from "@/model/design/formulas";
import type { Names } from "@/model/expression";
import type { Workflow, WorkflowNode } from "@/model/workflows";
import type { FlowWords } from "../words";

export interface PanelScene {
  readonly app: string;
  readonly document: AppDocument;
  readonly workflow: Workflow;
  readonly words: FlowWords;
  readonly names: Names | undefined;
  readonly people: ReadonlyMap<number, string>;
}

export interface NodeProps {
  readonly scene: PanelScene;
  readonly nodeKey: string;
  readonly node: WorkflowNode;
  /** `about`: typing on in the same place is one step to undo. */
  readonly onChange: (node: WorkflowNode, about?: string) => void;
}
