/** The entries of the days that are shown: one bounded question, under the list's filter and search. */
import { formPath, keys, post, type RecordJson, type RecordPage } from "@/api";
import { captionFields } from "@/catalogue/caption";
import { entryOf, type CalendarFrame, type Entry, type Period } from "@/model/calendar";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { fieldsOf, visibleColumns } from "../list/fields";
import type { ListHandle } from "../list/useListState";

/** More entries than this are no calendar any more. */
const MOST = 1000;

export function useEntries(list: ListHandle, frame: CalendarFrame, period: Period) {
  const { describe, state, where } = list;
  const { app, key: form } = describe;
  const { settings } = frame;
  const query = useMemo(() => {
    const fields = [settings.start, settings.end, ...captionFields(settings.title), ...state.columns];
    return {
      start: settings.start,
      end: settings.end,
      ...period,
      ...(where ? { filter: where } : {}),
      ...(state.search ? { search: state.search } : {}),
      fields: visibleColumns(fields.filter((key) => key !== null), fieldsOf(describe)),
      limit: MOST,
    };
  }, [settings, period, where, state.search, state.columns, describe]);
  const found = useQuery({
    queryKey: [...keys.form(app, form), "calendar", query] as const,
    queryFn: ({ signal }) => post<RecordPage>(formPath(app, form, "/records/calendar"), query, signal),
    placeholderData: (before) => before,
  });
  const records = useMemo(() => found.data?.records ?? [], [found.data]);
  const entries = useMemo<readonly Entry[]>(
    () =>
      records
        .flatMap((record) => entryOf(record, frame) ?? [])
        // What stays on the screen while other days are fetched may lie outside of them.
        .filter((entry) => entry.first <= period.last && entry.last >= period.first),
    [records, frame, period],
  );
  const client = useQueryClient();
  const show = useCallback(
    (record: RecordJson): void => {
      client.setQueriesData<RecordPage>({ queryKey: [...keys.form(app, form), "calendar"] }, (page) =>
        page && { ...page, records: page.records.map((old) => (old.id === record.id ? { ...old, ...record } : old)) },
      );
    },
    [client, app, form],
  );
  return { found, records, entries, show, cut: found.data?.next_cursor ? records.length : null };
}
