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
