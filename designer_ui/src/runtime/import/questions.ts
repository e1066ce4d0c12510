/** What a person is asked about values that are not known, with the likely answers filled in. */
import { withValue, type Plan } from "./plan";
import type { UnknownColumn, UnknownFiles } from "./types";
import type { Ready } from "./useFiles";

export interface Questions {
  /** The columns with something to ask, by file. */
  readonly unknown: UnknownFiles;
  /** Plans with what was probably meant, by the key of the file. */
  readonly plans: ReadonlyMap<number, Plan>;
  /** Whether anything is new: not answered, and not shown before. */
  readonly open: boolean;
}

const nameOf = (entry: Ready, column: string, value: string): string => JSON.stringify([entry.key, column, value]);

/** What the server found in the files, in their order; `shown` are the questions that a person saw already. */
export function questionsOf(entries: readonly Ready[], unknown: UnknownFiles, shown: ReadonlySet<string>): Questions {
  const plans = new Map<number, Plan>();
  let open = false;
  const files = entries.map((entry, index) => {
    const columns = (unknown[index]?.columns ?? []).map((column) => worthAsking(entry, column)).filter((column) => column.values.length > 0);
    let { plan } = entry;
    for (const { column, values } of columns) {
      for (const { value, suggestion } of values) {
        if (plan.columns[column]?.values?.[value] !== undefined || shown.has(nameOf(entry, column, value))) continue;
        open = true;
        // Where missing records are made, a similar name may well be another record.
        if (suggestion !== null && !plan.columns[column]?.create_missing) plan = withValue(plan, column, value, suggestion);
      }
    }
    plans.set(entry.key, plan);
    return { columns };
  });
  return { unknown: files, plans, open };
}

/** Where missing records are made, only names that look like known ones are worth a question. */
function worthAsking(entry: Ready, column: UnknownColumn): UnknownColumn {
  if (!entry.plan.columns[column.column]?.create_missing) return column;
  const values = column.values.filter((value) => value.suggestion !== null);
  return { ...column, values, more: column.more + column.values.length - values.length };
}

/** Names of all that is asked, to know them again. */
export function namesOf(entries: readonly Ready[], unknown: UnknownFiles): readonly string[] {
  return entries.flatMap((entry, index) =>
    (unknown[index]?.columns ?? []).flatMap(({ column, values }) => values.map(({ value }) => nameOf(entry, column, value))),
  );
}
