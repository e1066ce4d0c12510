/** A view as a board: one column per option of a choice field. */
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import type { ViewJson } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { IconLayoutKanban } from "@tabler/icons-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DemandDialog } from "../list/DemandDialog";
import { editableInList } from "../list/fields";
import { useAggregate } from "../list/records";
import type { ListHandle } from "../list/useListState";
import { boardColumns, boardField, cardFields, columnQuery, type BoardColumn } from "./board";
import { KanbanColumn } from "./KanbanColumn";
import { useMoving, type Move } from "./useMoving";
import "./kanban.css";

interface Props {
  readonly list: ListHandle;
  readonly label: string;
  readonly children: (count: ReactNode, body: ReactNode) => ReactNode;
}

export function Kanban({ list, label, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe } = list;
  const { board: settings } = list.state;
  const view = useMemo<ViewJson>(
    () => ({ ...list.view, group_by: settings?.by ?? null, card: settings?.card ?? [], measure: settings?.measure ?? null }),
    [list.view, settings],
  );
  const state = useMemo(() => ({ ...list.state, filter: list.where }), [list.state, list.where]);
  const field = boardField(describe, view);
  const groupBy = view.group_by ?? "";
  const { measure } = view;
  const board = useRef<HTMLDivElement>(null);
  const aggregate = useAggregate(
    describe.app,
    describe.key,
    {
      group_by: [groupBy],
      measures: { n: { fn: "count" }, ...(measure ? { sum: { fn: "sum" as const, field: measure } } : {}) },
      ...(state.filter ? { filter: state.filter } : {}),
      ...(state.search ? { search: state.search } : {}),
    },
    field !== undefined,
  );
  const all = useMemo(() => (field ? boardColumns(field, format, t("list.group.blank")) : []), [field, format, t]);
  const { move, demand, settle, focusNext } = useMoving(describe, view, state);
  const steadyMove = useSteady(move);
  useEffect(() => (board.current ? autoScrollForElements({ element: board.current }) : undefined), [field]);
  if (!field) {
    return children(
      null,
      <EmptyState icon={<IconLayoutKanban size={24} />} title={t("kanban.noField")}>{t("kanban.noFieldHelp")}</EmptyState>,
    );
  }
  if (aggregate.error) return children(null, <ErrorView part error={aggregate.error} onRetry={() => void aggregate.refetch()} />);
  const rowOf = (column: BoardColumn) => aggregate.data?.find((row) => (row[groupBy] ?? null) === column.value);
  const countOf = (column: BoardColumn): number => Number(rowOf(column)?.["n"] ?? 0);
  const columns = all.filter((column) => column.value !== null || countOf(column) > 0);
  const total = (aggregate.data ?? []).reduce((sum, row) => sum + Number(row["n"] ?? 0), 0);
  const count = aggregate.data ? (
    <span className="list-count num">{t("list.count", { count: total, shown: format.number(total) })}</span>
  ) : null;
  return children(
    count,
    <>
      <div ref={board} className="kanban" role="group" aria-label={label}>
        {columns.map((column) => (
          <KanbanColumn
            key={column.key}
            describe={describe}
            column={column}
            columns={columns}
            query={columnQuery(describe, view, state, column)}
            fields={cardFields(describe, view)}
            count={aggregate.data ? countOf(column) : null}
            sum={measure && aggregate.data ? Number(rowOf(column)?.["sum"] ?? 0) : null}
            measure={measure}
            movable={editableInList(describe, groupBy)}
            groupBy={groupBy}
            onMove={steadyMove}
            focusNext={focusNext}
          />
        ))}
      </div>
      {demand ? <DemandDialog describe={describe} demand={demand} onClose={settle} /> : null}
    </>,
  );
}

/** The same function at every drawing, so that drop targets stay registered while the board changes. */
function useSteady(move: Move): Move {
  const latest = useRef(move);
  useLayoutEffect(() => {
    latest.current = move;
  });
  return useCallback((...parts: Parameters<Move>) => latest.current(...parts), []);
}
