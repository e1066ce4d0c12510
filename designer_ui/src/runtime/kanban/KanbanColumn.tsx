/** One column of the board: its count and sum, its cards page by page, and the place to drop on. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import type { Describe, ListQuery, RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { isClosedOn } from "@/model/limits";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { Button } from "antd";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../list/fields";
import { useRecordPages } from "../list/records";
import type { BoardColumn } from "./board";
import { CARD, KanbanCard } from "./KanbanCard";
import type { Move } from "./useMoving";

interface Props {
  readonly describe: Describe;
  readonly column: BoardColumn;
  readonly columns: readonly BoardColumn[];
  readonly query: ListQuery;
  readonly fields: readonly string[];
  /** Null while it is on its way, like the sum: nobody is told of 0 records where there are some. */
  readonly count: number | null;
  readonly sum: number | null;
  readonly measure: string | null;
  readonly movable: boolean;
  /** The field that a card changes when it is moved. */
  readonly groupBy: string;
  readonly onMove: Move;
  readonly focusNext: RefObject<number | null>;
}

export function KanbanColumn({ describe, column, columns, query, fields, count, sum, measure, movable, groupBy, onMove, focusNext }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const element = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const pages = useRecordPages(describe.app, describe.key, query);
  const records = pages.data?.pages.flatMap((page) => page.records) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  useEffect(() => {
    if (!element.current || !body.current) return undefined;
    return combine(
      dropTargetForElements({
        element: element.current,
        canDrop: ({ source }) => source.data["kind"] === CARD,
        onDragEnter: ({ source }) => setOver((source.data["from"] as BoardColumn).key !== column.key),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          onMove(source.data["record"] as RecordJson, source.data["from"] as BoardColumn, column);
        },
      }),
      autoScrollForElements({ element: body.current }),
    );
  }, [column, onMove]);
  const loadNear = (): void => {
    const box = body.current;
    if (box && hasNextPage && !isFetching && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR) void fetchNextPage();
  };
  const sumField = measure ? fieldsOf(describe)[measure] : undefined;
  return (
    <section ref={element} className={over ? "kanban-column over" : "kanban-column"} aria-label={column.label} data-column={column.value ?? ""}>
      <header>
        {column.value === null ? <span className="muted">{column.label}</span> : <Tag color={column.color}>{column.label}</Tag>}
        {count === null ? null : (
          <span className="num kanban-count" aria-label={t("list.count", { count, shown: format.number(count) })}>{format.number(count)}</span>
        )}
        {sumField && sum !== null ? (
          <span className="kanban-sum">
            <FieldCell value={sum} field={sumField} place={{ app: describe.app, form: describe.key, field: measure ?? "" }} />
          </span>
        ) : null}
      </header>
      <div ref={body} className="kanban-cards" onScroll={loadNear} tabIndex={0} role="group" aria-label={t("kanban.cards", { column: column.label })}>
        {pages.isPending ? <Skeleton lines={4} /> : null}
        {pages.error ? (
          <p className="list-problem" role="alert">
            {errorText(pages.error)} <Button size="small" onClick={() => void pages.refetch()}>{t("ui.retry")}</Button>
          </p>
        ) : null}
        {records.map((record) => (
          <KanbanCard
            key={record.id}
            describe={describe}
            record={record}
            column={column}
            columns={columns}
            fields={fields}
            movable={movable && !isClosedOn(record, groupBy)}
            onMove={onMove}
            focusNext={focusNext}
          />
        ))}
        {!pages.isPending && records.length === 0 && !pages.error ? <p className="kanban-none">{t("kanban.none")}</p> : null}
        {hasNextPage ? <Button size="small" loading={isFetching} onClick={() => void fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
      </div>
    </section>
  );
}

/** How near the end of a column the next page is fetched, px. */
const NEAR = 400;
