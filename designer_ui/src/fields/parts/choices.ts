/** The records that a relation may point at, page by page. */
import { formPath, listRecords, post, type RecordJson, type Values } from "@/api";
import { useInfiniteQuery } from "@tanstack/react-query";

/** The relation that a record is chosen for; without a field all records of the form may be chosen. */
export interface ChoicePlace {
  readonly app: string;
  readonly form: string;
  /** Of lines with the subform before it: "lines.product". */
  readonly field: string;
  /** The record in hand, when it is stored. */
  readonly record?: number | undefined;
}

export interface Choice {
  readonly form: string;
  readonly record: RecordJson;
}

interface ChoicePage {
  readonly records: readonly RecordJson[];
  readonly recent: readonly RecordJson[];
  readonly columns: readonly string[];
  readonly next_cursor: string | null;
}

type Cursors = Readonly<Record<string, string | null>>;

const PAGE = 50;

async function askFor(place: ChoicePlace, target: string, values: Values, search: string, cursor: string | null, signal: AbortSignal): Promise<ChoicePage> {
  if (place.field === "") {
    const page = await listRecords(place.app, target, { search, fields: ["id"], limit: PAGE, count: "none", cursor: cursor ?? undefined }, signal);
    return { records: page.records, recent: [], columns: [], next_cursor: page.next_cursor };
  }
  const query = { field: place.field, form: target, values, limit: PAGE, search, cursor, ...(place.record === undefined ? {} : { id: place.record }) };
  return post<ChoicePage>(formPath(place.app, place.form, "/records/choices"), query, signal);
}

/** What may be chosen of the `targets`, those used lately apart; `values` is what the conditions look at. */
export function useChoices(place: ChoicePlace, targets: readonly string[], values: Values, search: string, enabled: boolean) {
  const { app, form, field, record } = place;
  const found = useInfiniteQuery({
    queryKey: ["form", app, form, "choices", field, record, targets, values, search] as const,
    queryFn: async ({ pageParam, signal }) => {
      const asked = targets.filter((target) => pageParam === null || (pageParam[target] ?? null) !== null);
      const pages = await Promise.all(asked.map((target) => askFor(place, target, values, search, pageParam?.[target] ?? null, signal)));
      return asked.flatMap((target, index) => (pages[index] ? [{ target, ...pages[index] }] : []));
    },
    initialPageParam: null as Cursors | null,
    getNextPageParam: (pages): Cursors | null =>
      pages.some((page) => page.next_cursor !== null) ? Object.fromEntries(pages.map((page) => [page.target, page.next_cursor])) : null,
    enabled,
    placeholderData: (before) => before,
  });
  const pages = found.data?.pages.flat() ?? [];
  const recent = (found.data?.pages[0] ?? []).flatMap((page) => page.recent.map((one): Choice => ({ form: page.target, record: one })));
  const known = new Set(recent.map((one) => `${one.form}:${one.record.id}`));
  const others = pages.flatMap((page) => page.records.map((one): Choice => ({ form: page.target, record: one })));
  return {
    recent,
    others: others.filter((one) => !known.has(`${one.form}:${one.record.id}`)),
    /** By form: the fields to tell of its records beside their titles. */
    columns: Object.fromEntries(pages.map(({ target, columns }): [string, readonly string[]] => [target, columns])),
    loading: found.isFetching,
    more: () => {
      if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
    },
  };
}
