/** What a person has changed about a view on the screen. */
import type { ColorRule } from "./colors";
import type { CalendarMode, KindSettings, ViewKind } from "./kinds";
import type { QuickChoices } from "./quick";
import type { Totals } from "./totals";

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/** Everything that decides what a list shows; lives in the URL, so that every list can be linked to. */
export interface ListState extends KindSettings {
  readonly view: string;
  /** How the records are shown, with the settings of every kind. */
  readonly kind: ViewKind;
  /** Where a calendar was opened: a day (null for today), and what of it is shown (null for the view's own). */
  readonly day: string | null;
  readonly mode: CalendarMode | null;
  readonly search: string;
  readonly filter: string;
  readonly sort: readonly SortKey[];
  /** Levels of groups: `owner,due:month`. */
  readonly groupBy: string;
  readonly totals: Totals;
  readonly colors: readonly ColorRule[];
  /** The fields offered as quick filters, and what is chosen in them. */
  readonly quickFields: readonly string[];
  readonly quick: QuickChoices;
  readonly columns: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  /** How many of the first columns stay in place when the rest scrolls sideways. */
  readonly frozen: number;
}

export type ListChange = Partial<Omit<ListState, "view">>;
