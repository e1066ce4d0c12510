/** A record on the board: dragged, moved by its menu, or by Alt and the arrows. */
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import type { Describe, RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOn } from "@/model/limits";
import { useFormat } from "@/ui/format";
import { IconButton } from "@/ui/IconButton";
import { IconDots } from "@tabler/icons-react";
import { Dropdown } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { fieldsOf, tellingFields } from "../list/fields";
import type { BoardColumn } from "./board";
import type { Move } from "./useMoving";

export const CARD = "kanban-card";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly column: BoardColumn;
  readonly columns: readonly BoardColumn[];
  readonly fields: readonly string[];
  readonly movable: boolean;
  readonly onMove: Move;
  readonly focusNext: RefObject<number | null>;
}

export function KanbanCard({ describe, record, column, columns, fields: shown, movable, onMove, focusNext }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const card = useRef<HTMLElement>(null);
  const [dragging, setDragging] = useState(false);
  const fields = fieldsOf(describe);
  const title = record.title || t("list.untitled");
  useEffect(() => {
    if (!card.current || !movable) return undefined;
    return draggable({
      element: card.current,
      getInitialData: () => ({ kind: CARD, record, from: column }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [movable, record, column]);
  useEffect(() => {
    if (focusNext.current !== record.id) return;
    focusNext.current = null;
    card.current?.querySelector("a")?.focus();
  }, [focusNext, record.id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!event.altKey || step === undefined || !movable) return;
    event.preventDefault();
    const to = columns[columns.findIndex((item) => item.key === column.key) + step];
    if (!to) return;
    onMove(record, column, to);
  };
  const items = columns.map((item) => ({
    key: item.key,
    label: item.label,
    disabled: item.key === column.key,
    onClick: () => onMove(record, column, item),
  }));
  return (
    <article ref={card} className={dragging ? "kanban-card dragging" : "kanban-card"} data-card={record.id} aria-label={title} onKeyDown={onKeyDown}>
      <div className="kanban-cardhead">
        <Link to={`/a/${describe.app}/${describe.key}/${record.id}`} draggable={false}>{title}</Link>
        {movable ? (
          <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
            <IconButton label={t("kanban.moveTo", { title })} aria-haspopup="menu" className="kanban-move">
              <IconDots size={16} />
            </IconButton>
          </Dropdown>
        ) : null}
      </div>
      <dl>
        {tellingFields(record, shown).map((key) => {
          const field = fields[key];
          if (!field) return null;
          return (
            <div key={key}>
              <dt>{format.label(field.label)}</dt>
              <dd>
                <FieldCell value={record[key]} field={fieldOn(field, key, record)} place={{ app: describe.app, form: describe.key, field: key, record: record.id }} />
              </dd>
            </div>
          );
        })}
      </dl>
    </article>
  );
}
