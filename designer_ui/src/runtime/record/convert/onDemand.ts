import { lazy } from "react";

/** A dialog of conversions with its words. */
async function worded<Module>(module: Promise<Module>): Promise<Module> {
  const [found, { loadConvertTexts }] = await Promise.all([module, import("./texts")]);
  await loadConvertTexts();
  return found;
}

export const ConvertDialog = lazy(() => worded(import("./ConvertDialog")));
export const UndoDialog = lazy(() => worded(import("./UndoDialog")));
