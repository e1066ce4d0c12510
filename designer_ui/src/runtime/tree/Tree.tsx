/** A view as a tree: records below each other by a relation to their own form. */
import type { ListQuery, RecordJson, Values } from "@/api";
import { formatSort, type TreeSettings } from "@/model/view";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { usePhone } from "@/ui/useMedia";
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { CountLabel } from "../list/CountLabel";
import { DemandDialog } from "../list/DemandDialog";
import { EmptyList } from "../list/EmptyList";
import { editableInList } from "../list/fields";
import { ListError } from "../list/ListError";
import { useRecordPages } from "../list/records";
import { shownTotals } from "../list/totals";
import { leaveTrail } from "../list/trail";
import type { ListHandle } from "../list/useListState";
import { useRecordColors } from "../list/useMarks";
import { MoveDialog } from "./MoveDialog";
import { TreeGrid } from "./TreeGrid";
import { useTreeMoves } from "./useTreeMoves";
import { MOST_FOUND, useTree } from "./useTree";

const RecordDialog = lazy(() => import("../record/dialog/RecordDialog"));

interface Props {
  readonly list: ListHandle;
  readonly settings: TreeSettings;
  readonly label: string;
  readonly children: (count: ReactNode, body: ReactNode) => ReactNode;
}

export function Tree({ list, settings, label, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const phone = usePhone();
  const { describe, state, view, where } = list;
  const { app, key: form } = describe;
  const relation = settings.parent;
  // Branches are groups: as there, sums of money are told unless the view says otherwise.
  const totals = useMemo(() => shownTotals(describe, { ...state, groupBy: relation }, view.measure), [describe, state, relation, view.measure]);
  const tree = useTree(list, relation, totals);
  const { moveBelow, demand, settle } = useTreeMoves(list, relation, tree);
  const [moved, setMoved] = useState<RecordJson | null>(null);
  const [above, setAbove] = useState<RecordJson | null>(null);
  const query = useMemo<ListQuery>(
    () => ({ filter: where || undefined, search: state.search || undefined, sort: formatSort(state.sort) || undefined, fields: ["title"], limit: 1, count: "capped" }),
    [where, state.search, state.sort],
  );
  const count = useRecordPages(app, form, query).data?.pages[0]?.count;
  const { pathname, search } = useLocation();
  useEffect(() => leaveTrail({ app, form, query: { ...query, limit: 100 }, from: pathname + search }), [app, form, query, pathname, search]);
  const records = useMemo(() => tree.rows.flatMap((row) => (row.kind === "record" ? [row.record] : [])), [tree.rows]);
  const colors = useRecordColors(app, form, records, state.colors);
  const countLabel = <CountLabel app={app} form={form} query={query} count={count} />;
  if (tree.error) return children(null, <ListError list={list} error={tree.error} onRetry={tree.retry} />);
  if (!tree.pending && tree.rows.length === 0) return children(countLabel, <EmptyList list={list} />);
  const untitled = (record: RecordJson): string => record.title || t("list.untitled");
  return children(
    countLabel,
    <>
      {tree.cut ? <p className="tree-cut" role="status">{t("tree.tooMany", { shown: format.number(MOST_FOUND) })}</p> : null}
      {tree.pending ? (
        <Skeleton lines={12} />
      ) : (
        <TreeGrid
          {...{ list, label, totals, colors, phone }}
          rows={tree.rows}
          busy={tree.busy}
          movable={editableInList(describe, relation)}
          creatable={describe.actions.includes("create") && !describe.fields[relation]?.read_only}
          actions={{
            toggle: (row) => tree.setOpen([row.record.id], row.open === false),
            openAll: (row) =>
              tree.setOpen(tree.rows.flatMap((other) => (other.kind === "record" && other.parent === row.parent && other.open === false ? [other.record.id] : [])), true),
            more: tree.more,
            retry: tree.retry,
            open: (record) => void navigate(`/a/${app}/${form}/${record.id}`),
            add: setAbove,
            ask: setMoved,
            move: moveBelow,
          }}
        />
      )}
      {moved ? (
        <MoveDialog
          describe={describe}
          relation={relation}
          record={moved}
          onClose={() => setMoved(null)}
          onMove={(to, title) => {
            moveBelow(moved, to, title);
            setMoved(null);
          }}
        />
      ) : null}
      {above ? (
        <Suspense fallback={null}>
          <RecordDialog
            app={app}
            form={form}
            title={t("tree.addTitle", { title: untitled(above) })}
            prefill={{ [relation]: { id: above.id, title: above.title } } as Values}
            onClose={() => setAbove(null)}
            onSaved={() => {
              tree.setOpen([above.id], true);
              setAbove(null);
            }}
          />
        </Suspense>
      ) : null}
      {demand ? <DemandDialog describe={describe} demand={demand} onClose={settle} /> : null}
    </>,
  );
}
