/** Parts of the grid that nobody needs before it is worked in. */
import { lazy } from "react";

const loadProblem = () => import("./CellProblem");

export const CellProblem = lazy(async () => ({ default: (await loadProblem()).CellProblem }));

/** To be called when an edit begins: how else could it be told that the connection is gone? */
export function prepareCellProblem(): void {
  // What cannot be fetched now is tried again when there is a problem to show.
  void loadProblem().catch(() => undefined);
}

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** What dragging columns takes. Asked for together with the rows, it is fetched once they are seen. */
export async function loadColumnMoving() {
  await painted();
  return import("./columnMoving");
}

const cellWork = async () => (await Promise.all([import("../cells/CellWork"), import("../cells/texts").then((texts) => texts.loadCellTexts())]))[0];

export const CellWork = lazy(async () => ({ default: (await cellWork()).CellWork }));

/** Selecting, copying, pasting and filling many cells. */
export const loadCellWork = () => painted().then(cellWork);
