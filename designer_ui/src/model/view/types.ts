/** What a person has changed about a view on the screen. */

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/** Everything that decides what a list shows; lives in the URL, so that every list can be linked to. */
export interface ListState {
  readonly view: string;
  readonly search: string;
  readonly filter: string;
  readonly sort: readonly SortKey[];
  readonly groupBy: string;
  readonly columns: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  /** How many of the first columns stay in place when the rest scrolls sideways. */
  readonly frozen: number;
}

export type ListChange = Partial<Omit<ListState, "view">>;
