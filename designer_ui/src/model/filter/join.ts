/** Puts filters together: the view's, the one of a group, the one of a kanban column. */
export function joinFilters(...filters: readonly (string | null | undefined)[]): string {
  const present = filters.filter((filter): filter is string => typeof filter === "string" && filter.trim() !== "");
  if (present.length < 2) return present[0] ?? "";
  return `AND(${present.join(", ")})`;
}
