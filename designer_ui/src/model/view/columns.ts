/** Order and presence of columns. */

/** Moves one column so that it stands at `index` of the new order. */
export function moveColumn(columns: readonly string[], key: string, index: number): readonly string[] {
  const rest = columns.filter((column) => column !== key);
  if (rest.length === columns.length) return columns;
  const at = Math.max(0, Math.min(rest.length, index));
  return [...rest.slice(0, at), key, ...rest.slice(at)];
}

/** Shows a column at the end or hides it; the last one stays, a list without columns shows nothing. */
export function toggleColumn(columns: readonly string[], key: string): readonly string[] {
  if (!columns.includes(key)) return [...columns, key];
  return columns.length === 1 ? columns : columns.filter((column) => column !== key);
}

const USUAL_WIDTH: Readonly<Record<string, number>> = {
  autonumber: 128, boolean: 88, rating: 128, number: 120, money: 136, percent: 96, date: 120, datetime: 168, time: 96,
  choice: 128, multi_choice: 184, user: 128, users: 176, department: 144, departments: 176, email: 208, phone: 144,
  url: 200, address: 240, relation: 192, long_text: 280, rich_text: 280, text: 200, file: 200, image: 160,
};

/** The width of a column nobody has resized, in pixels. */
export function usualWidth(type: string): number {
  return USUAL_WIDTH[type] ?? 160;
}
