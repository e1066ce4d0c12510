/** What was copied or cut of a workflow, to be put into this one or another one as long as the page is open. */
import type { Piece } from "@/model/workflows";

export interface Clip {
  readonly piece: Piece;
  readonly name: string;
  /** The app and the workflow it is from. */
  readonly from: string;
  /** The node that moves along when it is put into the workflow it is from. */
  readonly cut: string | null;
}

let kept: Clip | null = null;

export const clipboard = (): Clip | null => kept;

export function keepClip(clip: Clip | null): void {
  kept = clip;
}
