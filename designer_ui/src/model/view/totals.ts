/** What is computed for the columns of a list, per group and over all records. */

export const TOTAL_FUNCTIONS = ["sum", "average", "min", "max", "count", "count_distinct"] as const;
export type TotalFunction = (typeof TOTAL_FUNCTIONS)[number];

/** The function of each column; null for the usual ones: the groups add up money. */
export type Totals = Readonly<Record<string, TotalFunction>> | null;

const isTotalFunction = (text: string | undefined): text is TotalFunction => (TOTAL_FUNCTIONS as readonly unknown[]).includes(text);

/** Reads `amount:sum,chance:average`. */
export function parseTotals(text: string): Readonly<Record<string, TotalFunction>> {
  return Object.fromEntries(
    text.split(",").flatMap((part) => {
      const [field, name] = part.trim().split(":");
      return field && isTotalFunction(name) ? [[field, name] as const] : [];
    }),
  );
}

export function formatTotals(totals: Readonly<Record<string, TotalFunction>>): string {
  return Object.entries(totals).map(([field, name]) => `${field}:${name}`).join(",");
}
