/** Workflows to look at: the drawing of one that runs, and the marks of the types of nodes. */
import { lazy } from "react";
import { loadWorkflowTexts } from "./texts";

export type { DiagramEdge, DiagramNode, NodeState } from "./WorkflowDiagram";

/** Fetched with its words when it is first drawn. */
export const WorkflowDiagram = lazy(async () => {
  const [module] = await Promise.all([import("./WorkflowDiagram"), loadWorkflowTexts()]);
  return module;
});
