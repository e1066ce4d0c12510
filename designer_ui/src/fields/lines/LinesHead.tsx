/** The names of the columns; their edges make them wider or narrower. */
import type { PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { clampWidth, NUMBER_WIDTH, type LineColumn } from "./columns";

interface Props {
  readonly columns: readonly LineColumn[];
  readonly frozen: number;
  readonly onResize: (key: string, width: number, keep: boolean) => void;
  readonly onAll: () => void;
}

export function LinesHead({ columns, frozen, onResize, onAll }: Props) {
  const { t } = useTranslation();
  const start = (event: PointerEvent<HTMLSpanElement>, column: LineColumn): void => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const from = event.clientX;
    const widthAt = (x: number): number => clampWidth(column.width + x - from);
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => onResize(column.key, widthAt(moved.clientX), false);
    const end = (ended: globalThis.PointerEvent): void => {
      handle.removeEventListener("pointermove", move);
      onResize(column.key, widthAt(ended.clientX), true);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
  };
  return (
    <div role="rowgroup" className="lines-head">
      <div role="row" aria-rowindex={1} className="lines-headrow">
        <div role="columnheader" aria-colindex={1} className="line-number" style={{ width: NUMBER_WIDTH }} onClick={onAll}>
          <span className="sr-only">{t("lines.number")}</span><span aria-hidden>#</span>
        </div>
        {columns.map((column, index) => (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={index + 2}
            className={["line-cell", "line-head", column.end ? "end" : "", index < frozen ? "frozen" : ""].join(" ")}
            style={{ width: column.width, left: index < frozen ? columns.slice(0, index).reduce((sum, one) => sum + one.width, NUMBER_WIDTH) : undefined }}
          >
            <span className="ellipsis" title={column.label}>{column.label}</span>
            {column.field.required ? <b><span aria-hidden>*</span><span className="sr-only">{t("lines.required")}</span></b> : null}
            <span className="line-resize" aria-hidden onPointerDown={(event) => start(event, column)} />
          </div>
        ))}
      </div>
    </div>
  );
}
