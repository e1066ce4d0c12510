import type { Department } from "./types";

/** "Head office / Sales / East" of each department by its id. */
export function departmentPaths(departments: readonly Department[]): ReadonlyMap<number, string> {
  const known = new Map(departments.map((one) => [one.id, one]));
  const paths = new Map<number, string>();
  for (const one of departments) {
    const names: string[] = [];
    const seen = new Set<number>();
    for (let here: Department | undefined = one; here && !seen.has(here.id); here = here.parent_id === null ? undefined : known.get(here.parent_id)) {
      seen.add(here.id);
      names.unshift(here.name);
    }
    paths.set(one.id, names.join(" / "));
  }
  return paths;
}

export interface TreeRow {
  readonly department: Department;
  /** 1 for the topmost. */
  readonly level: number;
  readonly parent: Department | null;
  /** Place among its neighbours, from 0, and how many they are. */
  readonly place: number;
  readonly size: number;
  readonly hasChildren: boolean;
}

/** The rows of the tree in their order; what lies below `folded` departments is left out. */
export function treeRows(departments: readonly Department[], folded: ReadonlySet<number>): readonly TreeRow[] {
  const known = new Map(departments.map((one) => [one.id, one]));
  const below = new Map<number | null, Department[]>();
  for (const one of departments) {
    const parent = one.parent_id !== null && known.has(one.parent_id) ? one.parent_id : null;
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  const rows: TreeRow[] = [];
  const walk = (parent: Department | null, level: number): void => {
    const line = below.get(parent?.id ?? null) ?? [];
    line.forEach((department, place) => {
      const hasChildren = (below.get(department.id) ?? []).length > 0;
      rows.push({ department, level, parent, place, size: line.length, hasChildren });
      if (hasChildren && !folded.has(department.id)) walk(department, level + 1);
    });
  };
  walk(null, 1);
  return rows;
}

/** A department and all below it. */
export function withBelow(departments: readonly Department[], id: number): ReadonlySet<number> {
  const found = new Set([id]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const one of departments) if (one.parent_id !== null && found.has(one.parent_id)) found.add(one.id);
  }
  return found;
}
