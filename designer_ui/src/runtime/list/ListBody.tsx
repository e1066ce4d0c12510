/** The rows of a list view: flat or in groups, as a grid or as cards. */
import type { Describe, ListQuery, RecordJson } from "@/api";
import { formatSort, type ListState } from "@/model/view";
import { Skeleton } from "@/ui/Skeleton";
import { usePhone } from "@/ui/useMedia";
import { lazy, Suspense, useCallback, useEffect, useMemo, type ReactNode } from "react";
import { CountLabel } from "./CountLabel";
import { fieldsOf, visibleColumns } from "./fields";
import { Grid } from "./grid/Grid";
import type { Overall } from "./grid/GridFooter";
import { useSelection } from "./grid/useSelection";
import type { GridItem } from "./grid/types";
import { useLocation } from "react-router";
import { ListError } from "./ListError";
import { useAggregate, useRecordPages } from "./records";
import { useCellSaving } from "./saving";
import { leaveTrail } from "./trail";
import type { ListHandle } from "./useListState";
import { measuresOf, shownTotals, valuesOf, type Total } from "./totals";
import { useGroups } from "./useGroups";
import { useRecordColors } from "./useMarks";

const CardList = lazy(async () => ({ default: (await import("./cards/CardList")).CardList }));
const EmptyList = lazy(async () => ({ default: (await import("./EmptyList")).EmptyList }));
const SelectionBar = lazy(async () => ({ default: (await import("./SelectionBar")).SelectionBar }));
const DemandDialog = lazy(async () => ({ default: (await import("./DemandDialog")).DemandDialog }));

const PAGE = 100;
/** The line below the loaded ones that stands for the next page. */
const NEXT = "wait/next";
const WAITING: readonly GridItem[] = Array.from({ length: 12 }, (_, index) => ({ kind: "wait", key: `wait/${index}` }));

export function recordQuery(describe: Describe, state: ListState, where: string): ListQuery {
  return {
    filter: where || undefined,
    sort: formatSort(state.sort) || undefined,
    search: state.search || undefined,
    fields: visibleColumns(state.columns, fieldsOf(describe)),
    limit: PAGE,
    count: "capped",
  };
}

interface Props {
  readonly list: ListHandle;
  readonly label: string;
  /** Where the count stands is the page's matter. */
  readonly children: (count: ReactNode, body: ReactNode) => ReactNode;
}

export function ListBody({ list, label, children }: Props) {
  const { describe, state, view, where } = list;
  const { app, key: form } = describe;
  const phone = usePhone();
  const query = useMemo(() => recordQuery(describe, state, where), [describe, state, where]);
  const pages = useRecordPages(app, form, query);
  const { pathname, search } = useLocation();
  useEffect(() => leaveTrail({ app, form, query, from: pathname + search }), [app, form, query, pathname, search]);
  const totals = useMemo(() => shownTotals(describe, state, view.measure), [describe, state, view.measure]);
  const groups = useGroups(describe, state, query, totals);
  const grouped = groups.levels > 0;
  const overall = useOverall(list, totals);
  const selection = useSelection();
  const { cells, demand, settle } = useCellSaving(app, form);
  const records = useMemo<readonly RecordJson[]>(() => pages.data?.pages.flatMap((page) => page.records) ?? [], [pages.data]);
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const items = useMemo<readonly GridItem[]>(() => {
    if (pages.isPending) return WAITING;
    const lines = records.map((record): GridItem => ({ kind: "record", key: String(record.id), record }));
    return hasNextPage ? [...lines, { kind: "wait", key: NEXT }] : lines;
  }, [pages.isPending, records, hasNextPage]);
  const shown = grouped ? (groups.isPending ? WAITING : groups.items) : items;
  const drawn = useMemo(() => shown.flatMap((item) => (item.kind === "record" ? [item.record] : [])), [shown]);
  const colors = useRecordColors(app, form, drawn, state.colors);
  const count = pages.data?.pages[0]?.count;
  const countLabel = <CountLabel app={app} form={form} query={query} count={count} />;
  const failed = pages.error ?? (grouped ? groups.error : null);
  if (failed && records.length === 0) {
    return children(null, <ListError list={list} error={failed} onRetry={() => void pages.refetch()} />);
  }
  if (!pages.isPending && records.length === 0) return children(countLabel, <Suspense fallback={null}><EmptyList list={list} /></Suspense>);
  const body = phone ? (
    <Suspense fallback={<Skeleton lines={12} />}>
      <CardList
        {...{ list, label, colors, totals, overall }}
        items={shown.filter((item) => item.key !== NEXT)}
        hasMore={hasNextPage && !grouped}
        loading={isFetching}
        onMore={more}
        onToggleGroup={groups.toggle}
        onMoreOf={groups.more}
      />
    </Suspense>
  ) : (
    <Grid
      key={grouped ? "grouped" : "flat"}
      list={list}
      label={label}
      items={shown}
      total={grouped ? groups.items.length : count?.exact ? count.value : -1}
      busy={isFetching}
      saving={cells}
      selection={selection}
      levels={groups.levels}
      totals={totals}
      overall={overall}
      colors={colors}
      onEnd={grouped ? undefined : more}
      onToggleGroup={groups.toggle}
      onMore={groups.more}
    />
  );
  return children(
    countLabel,
    <>
      {selection.records.size > 0 ? (
        <Suspense fallback={null}>
          <SelectionBar
            describe={describe}
            selection={selection}
            query={query}
            loaded={shown.filter((item) => item.kind === "record").length}
            more={count ? !count.exact || count.value > selection.records.size : false}
          />
        </Suspense>
      ) : null}
      {body}
      {demand ? <Suspense fallback={null}><DemandDialog describe={describe} demand={demand} onClose={settle} /></Suspense> : null}
    </>,
  );
}

/** The totals over all records of a list; null while they are on their way, and where there are none. */
function useOverall({ describe, state, where }: ListHandle, totals: readonly Total[]): Overall | null {
  const query = { group_by: [], measures: measuresOf(totals), ...(where ? { filter: where } : {}), ...(state.search ? { search: state.search } : {}) };
  const row = useAggregate(describe.app, describe.key, query, totals.length > 0).data?.[0];
  return row ? { count: Number(row["n"] ?? 0), totals: valuesOf(row, totals) } : null;
}
