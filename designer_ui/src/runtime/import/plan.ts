/** What a person wants done with one file, as a value; and what is sent of it. */
import type { Describe } from "@/api";
import { importableFields, keyOnlyFields, lineField, lineFields, mapColumn, matchKeys, missingFields, subformOf, subformsIn, suggestedMapping, type Mapping } from "./mapping";
import type { Blank, ColumnChoice, DateOrder, FilePreview, ImportFile, LineChoice, Mode, Several } from "./types";

/** What to do with the rows of a file; "skip" adds those whose record is not there yet. */
export type Way = "add" | "skip" | "add_or_update" | "update";

export interface Plan {
  readonly form: string;
  readonly mapping: Mapping;
  readonly way: Way;
  /** The fields that together tell which record a row is about. */
  readonly match: readonly string[];
  readonly blank: Blank;
  readonly several: Several;
  readonly columns: Readonly<Record<string, ColumnChoice>>;
  readonly dateOrders: Readonly<Record<string, DateOrder>>;
  /** What becomes of lines that are there, by subform. */
  readonly lines: Readonly<Record<string, LineChoice>>;
  /** Rows that duplicate rules warn of are saved too. */
  readonly duplicates: boolean;
}

const NEW: Omit<Plan, "form" | "mapping"> = { way: "add", match: [], blank: "keep", several: "fail", columns: {}, dateOrders: {}, lines: {}, duplicates: false };

/** The first plan for a file: as a file like it was imported the last time, or as its columns are called. */
export function firstPlan(preview: FilePreview, describe: Describe, afresh = false): Plan {
  const names = preview.columns.map((column) => column.name);
  const saved = afresh || preview.saved?.form !== describe.key ? null : preview.saved;
  const targets = [...importableFields(describe), ...lineFields(preview.subforms)];
  if (!saved) return withRepeatedKey({ ...NEW, form: describe.key, mapping: suggestedMapping(preview.columns, targets) }, preview, describe);
  const known = new Set([...targets, ...keyOnlyFields(describe)]);
  const mapping = Object.fromEntries(Object.entries(saved.mapping).filter(([column, key]) => names.includes(column) && known.has(key)));
  const match = [saved.match ?? []].flat().filter((key) => Object.values(mapping).includes(key));
  const kept = <T>(values: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(values).filter(([column]) => column in mapping));
  return {
    ...NEW,
    form: describe.key,
    mapping,
    match,
    way: saved.mode === "add" ? (match.length > 0 ? "skip" : "add") : match.length > 0 ? saved.mode : "add",
    blank: saved.blank,
    several: saved.several,
    columns: kept(saved.columns),
    dateOrders: kept(saved.date_orders),
    lines: saved.lines ?? {},
  };
}

/** Where the rows of a record repeat what it is known by instead of leaving it blank, that holds them together. */
function withRepeatedKey(plan: Plan, preview: FilePreview, describe: Describe): Plan {
  if (subformsIn(plan.mapping).length === 0) return plan;
  const repeats = ({ samples }: FilePreview["columns"][number]): boolean => samples.some((text, index) => text !== "" && text === samples[index + 1]);
  const repeated = preview.columns.filter(repeats).map((column) => plan.mapping[column.name]);
  const key = matchKeys(describe, plan.mapping).find((name) => repeated.includes(name));
  return key === undefined ? plan : { ...plan, way: "skip", match: [key] };
}

/** A column goes into another field, or into none; what was chosen for the one before does not hold for it. */
export function withField(plan: Plan, describe: Describe, column: string, field: string | null): Plan {
  const mapping = mapColumn(plan.mapping, column, field);
  const columns = without(plan.columns, [column]);
  const dateOrders = without(plan.dateOrders, [column]);
  const match = plan.match.filter((key) => Object.values(mapping).includes(key));
  const next = { ...plan, mapping, columns, dateOrders, match };
  if (field === null || !keyOnlyFields(describe).includes(field)) return withKey(next, describe);
  // A number that nobody can write says which record is meant.
  return { ...next, way: plan.way === "add" ? "update" : plan.way, match: [field] };
}

/** Another way; one that looks records up begins with the likeliest key. */
export function withWay(plan: Plan, describe: Describe, way: Way): Plan {
  return withKey({ ...plan, way }, describe);
}

function withKey(plan: Plan, describe: Describe): Plan {
  if (plan.way === "add" || plan.match.length > 0) return plan;
  const [first] = matchKeys(describe, plan.mapping);
  return first === undefined ? { ...plan, way: "add" } : { ...plan, match: [first] };
}

export function withChoice(plan: Plan, column: string, choice: Partial<ColumnChoice>): Plan {
  return { ...plan, columns: { ...plan.columns, [column]: { ...plan.columns[column], ...choice } } };
}

/** A value of a column is replaced by another (by "": left blank), or no longer (null). */
export function withValue(plan: Plan, column: string, value: string, replacement: string | null): Plan {
  const others = without(plan.columns[column]?.values ?? {}, [value]);
  return withChoice(plan, column, { values: replacement === null ? others : { ...others, [value]: replacement } });
}

/** What becomes of the lines of a subform that are there; by default those of the file take their place. */
export const linesOf = (plan: Plan, subform: string): LineChoice => plan.lines[subform] ?? { mode: "replace", match: [] };

/** Whether stored records are changed. */
export const isUpdating = (plan: Plan): boolean => plan.way === "update" || plan.way === "add_or_update";

/** The choices for the lines that the file brings, where they matter, with the keys that columns fill. */
function lineChoices(plan: Plan): Record<string, LineChoice> {
  if (!isUpdating(plan)) return {};
  const mapped = Object.values(plan.mapping);
  return Object.fromEntries(
    subformsIn(plan.mapping).map((subform) => {
      const keys = mapped.filter((name) => subformOf(name) === subform).map(lineField);
      const { mode, match } = linesOf(plan, subform);
      return [subform, { mode, match: match.filter((key) => keys.includes(key)) }];
    }),
  );
}

/** What keeps a plan from being carried out; null when nothing does. */
export function blockerOf(plan: Plan): "nothing" | "key" | null {
  if (!Object.values(plan.mapping).some((name) => subformOf(name) === "")) return "nothing";
  const needsKey = Object.values(lineChoices(plan)).some(({ mode, match }) => (mode === "update" || mode === "add_or_update") && match.length === 0);
  if (needsKey) return "key";
  return plan.way !== "add" && plan.match.length === 0 ? "key" : null;
}

/** Required fields that new records would lack. */
export function lackingFields(plan: Plan, preview: FilePreview): readonly string[] {
  return plan.way === "update" ? [] : missingFields(preview.demanded, plan.mapping);
}

/** What is sent of a file and its plan. */
export function orderOf(preview: FilePreview, plan: Plan, describe: Describe): ImportFile {
  const match = plan.way === "add" ? [] : plan.match;
  const unwritable = keyOnlyFields(describe).filter((key) => !match.includes(key));
  const mapping = Object.fromEntries(Object.entries(plan.mapping).filter(([, key]) => !unwritable.includes(key)));
  const columns = Object.fromEntries(
    Object.entries(plan.columns).flatMap(([column, choice]) => {
      const key = mapping[column];
      return key === undefined ? [] : [[column, preview.links[key] ? choice : without(choice, OF_LINKS)] as const];
    }),
  );
  const mode: Mode = plan.way === "skip" ? "add" : plan.way;
  return {
    file: preview.file.id,
    form: plan.form,
    mapping,
    match: match.length > 0 ? match : null,
    mode,
    blank: plan.blank,
    several: plan.several,
    encoding: preview.encoding,
    delimiter: preview.delimiter,
    sheet: preview.sheet,
    date_orders: Object.fromEntries(Object.entries(plan.dateOrders).filter(([column]) => column in mapping)),
    columns,
    lines: lineChoices(plan),
    ...(plan.duplicates ? { confirm: "duplicates" as const } : {}),
  };
}

const OF_LINKS: readonly string[] = ["find_by", "create_missing"];

function without<T extends object>(values: T, keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key))) as T;
}
