/** Parts of the grid that nobody needs before it is worked in. */
import { lazy } from "react";

const loadProblem = () => import("./CellProblem");

export const CellProblem = lazy(async () => ({ default: (await loadProblem()).CellProblem }));

/** To be called when an edit begins: how else could it be told that the connection is gone? */
export function prepareCellProblem(): void {
  // What cannot be fetched now is tried again when there is a problem to show.
  void loadProblem().catch(() => undefined);
}

/** What dragging columns takes. Asked for together with the rows, it is fetched once they are seen. */
export async function loadColumnMoving() {
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  return import("./columnMoving");
}
