/** The editor of expressions and what belongs to it; everything behind this file is fetched when it is first needed. */
import { lazy } from "react";
import { loadExpressionTexts } from "./texts";

export type { EditorHandle } from "./CodeEditor";
export type { Subject } from "./calls";
export type { Verdict } from "./useCheck";

export const ExpressionEditor = lazy(async () => {
  const [module] = await Promise.all([import("./ExpressionEditor"), loadExpressionTexts()]);
  return module;
});
