/** A view as the server gives it, and what a person has changed about it on the screen. */

export interface ViewJSON {
  readonly key: string;
  readonly label: string | Readonly<Record<string, string>>;
  readonly kind: 'list' | 'kanban';
  readonly columns: readonly string[];
  readonly filter?: string | null;
  readonly sort?: string | null;
  readonly group_by?: string | null;
  readonly card?: readonly string[] | null;
  readonly measure?: string | null;
  readonly source: 'app' | 'personal' | 'shared';
  readonly id?: number;
  readonly mine?: boolean;
  readonly shared?: boolean;
  readonly column_widths?: Readonly<Record<string, number>> | null;
  readonly frozen?: number | null;
}

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

export type ListChange = Partial<Omit<ListState, 'view'>>;
