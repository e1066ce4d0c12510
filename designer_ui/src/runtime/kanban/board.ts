/** The columns of a board and their queries. */
import { keys, type Describe, type FieldInfo, type ListQuery, type RecordJson, type ViewJson } from "@/api";
import { optionsOf } from "@/catalogue/settings";
import { joinFilters } from "@/model/filter";
import { formatSort, groupFilter, groupKey, type ListState } from "@/model/view";
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { Format } from "@/ui/format";
import { fieldsOf, visibleColumns } from "../list/fields";
import type { RecordPages } from "../list/records";

export interface BoardColumn {
  readonly key: string;
  /** The option's key, or null for records without a value. */
  readonly value: string | null;
  readonly label: string;
  readonly color: string | null;
}

const CARDS = 20;

/** The choice field a board stands on; undefined when this person may not see it. */
export function boardField(describe: Describe, view: ViewJson): FieldInfo | undefined {
  const field = fieldsOf(describe)[view.group_by ?? ""];
  return field?.type === "choice" ? field : undefined;
}

export function boardColumns(field: FieldInfo, format: Format, blankLabel: string): readonly BoardColumn[] {
  const columns = optionsOf(field).map((option) => ({
    key: groupKey(option.key),
    value: option.key,
    label: format.label(option.label),
    color: option.color ?? null,
  }));
  return [...columns, { key: groupKey(null), value: null, label: blankLabel, color: null }];
}

/** The fields on a card, below its title. */
export function cardFields(describe: Describe, view: ViewJson): readonly string[] {
  return visibleColumns(view.card ?? [], fieldsOf(describe));
}

export function columnQuery(describe: Describe, view: ViewJson, state: ListState, column: BoardColumn): ListQuery {
  const field = view.group_by ?? "";
  return {
    filter: joinFilters(state.filter, groupFilter(field, column.value)),
    sort: formatSort(state.sort) || undefined,
    search: state.search || undefined,
    fields: [...new Set([field, ...cardFields(describe, view)])],
    limit: CARDS,
    count: "none",
  };
}

/** Takes a card out of one column's pages and puts it on top of another's; returns the way back. */
export function moveCard(client: QueryClient, from: QueryKey, to: QueryKey, record: RecordJson): () => void {
  const [before, after] = [client.getQueryData<RecordPages>(from), client.getQueryData<RecordPages>(to)];
  client.setQueryData<RecordPages>(from, (data) => data && withoutRecord(data, record.id));
  client.setQueryData<RecordPages>(to, (data) => data && withFirst(withoutRecord(data, record.id), record));
  return () => {
    client.setQueryData(from, before);
    client.setQueryData(to, after);
  };
}

function withoutRecord(data: RecordPages, id: number): RecordPages {
  return { ...data, pages: data.pages.map((page) => ({ ...page, records: page.records.filter((record) => record.id !== id) })) };
}

function withFirst(data: RecordPages, record: RecordJson): RecordPages {
  return { ...data, pages: data.pages.map((page, index) => (index === 0 ? { ...page, records: [record, ...page.records] } : page)) };
}

export const columnKey = (describe: Describe, query: ListQuery): QueryKey => keys.records(describe.app, describe.key, query);
