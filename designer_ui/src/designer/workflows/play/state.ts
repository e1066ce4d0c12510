/** What the page keeps while a workflow is played through or its tests are written: shown again when one comes back to it. */
import type { Json } from "@/api";
import type { Move, Named, Scenario } from "@/model/workflows";

/** How a simulation begins, and what was decided so far. */
export interface Play {
  /** A record that is there; null for one that is thought of. */
  readonly record: { readonly id: number; readonly title: string } | null;
  readonly made: boolean;
  readonly values: Readonly<Record<string, Json>>;
  readonly initiator: Named | null;
  readonly started: boolean;
  readonly moves: readonly Move[];
}

export const NO_PLAY: Play = { record: null, made: false, values: {}, initiator: null, started: false, moves: [] };

/** A test in hand: one that is there, or a new one. */
export interface Editing {
  readonly key: string;
  readonly test: Scenario;
}
