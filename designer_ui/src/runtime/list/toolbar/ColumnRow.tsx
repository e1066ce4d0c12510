/** One line of the column panel: shown or not, and its place, by drag or by Alt and the arrows. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { IconGripVertical } from "@tabler/icons-react";
import { Checkbox } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly field: string;
  readonly label: string;
  readonly index: number;
  readonly last: boolean;
  readonly onHide: () => void;
  readonly onMove: (field: string, index: number) => void;
}

const KIND = "list-column";

export function ColumnRow({ field, label, index, last, onHide, onMove }: Props) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!row.current || !grip.current) return undefined;
    return combine(
      draggable({ element: row.current, dragHandle: grip.current, getInitialData: () => ({ kind: KIND, field }) }),
      dropTargetForElements({
        element: row.current,
        canDrop: ({ source }) => source.data["kind"] === KIND && source.data["field"] !== field,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          onMove(String(source.data["field"]), index);
        },
      }),
    );
  }, [field, index, onMove]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(field, index + (event.key === "ArrowUp" ? -1 : 1));
  };
  return (
    <li ref={row} className={over ? "column-row over" : "column-row"} onKeyDown={onKeyDown}>
      <button type="button" ref={grip} className="column-grip" aria-label={t("list.columns.move", { name: label })} title={t("list.columns.moveHint")}>
        <IconGripVertical size={14} aria-hidden />
      </button>
      <Checkbox checked disabled={last} onChange={onHide}>
        {label}
      </Checkbox>
    </li>
  );
}
