/** Colours of records that meet conditions. */

export const PALETTE = ["gray", "red", "orange", "amber", "green", "teal", "cyan", "blue", "indigo", "purple", "pink"] as const;

export interface ColorRule {
  readonly when: string;
  readonly color: string;
  /** The column whose cell is coloured; null for the whole row. */
  readonly field: string | null;
}

/** The colour of a record's row and of its cells: of several rules that hold the first counts. */
export interface RecordColors {
  readonly row: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

/** What a record looks like when the rules at these places hold. */
export function colorsOf(rules: readonly ColorRule[], holding: readonly number[]): RecordColors {
  const cells: Record<string, string> = {};
  let row: string | null = null;
  for (const place of holding) {
    const rule = rules[place];
    if (!rule) continue;
    if (rule.field === null) row ??= rule.color;
    else cells[rule.field] ??= rule.color;
  }
  return { row, cells };
}
