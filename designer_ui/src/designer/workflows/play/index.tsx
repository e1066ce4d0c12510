/** Playing a workflow through, and its saved tests: fetched with their words when they are first opened. */
import { lazy, type ComponentType } from "react";
import { loadPlayTexts } from "./texts";

const withWords = async <Props,>(module: Promise<{ readonly default: ComponentType<Props> }>): Promise<{ default: ComponentType<Props> }> => {
  const [found] = await Promise.all([module, loadPlayTexts()]);
  return found;
};

export const Simulator = lazy(() => withWords(import("./Simulator")));
export const TestsPanel = lazy(() => withWords(import("./TestsPanel")));
