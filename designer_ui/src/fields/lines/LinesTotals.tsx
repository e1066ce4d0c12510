/** The sums of the columns for which a sum means something. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FieldCell } from "@/catalogue/FieldCell";
import type { Place } from "@/catalogue/registry";
import { totalOf, type ShownLine } from "@/model/lines";
import { NUMBER_WIDTH, type LineColumn } from "./columns";

interface Props {
  readonly lines: readonly ShownLine[];
  readonly columns: readonly LineColumn[];
  readonly frozen: number;
  readonly place: Place;
}

export const hasTotals = (columns: readonly LineColumn[]): boolean => columns.some((column) => column.total);

export function LinesTotals({ lines, columns, frozen, place }: Props) {
  const { t } = useTranslation();
  const totals = useMemo(() => {
    const values = lines.map((line) => line.values);
    return new Map(columns.filter((column) => column.total).map(({ key }) => [key, totalOf(values, key)]));
  }, [lines, columns]);
  return (
    <div role="rowgroup" className="lines-totals">
      <div role="row" aria-rowindex={lines.length + 2} className="lines-headrow">
        <div role="rowheader" aria-colindex={1} className="line-number" style={{ width: NUMBER_WIDTH }}>
          <span className="sr-only">{t("lines.total")}</span><span aria-hidden>Σ</span>
        </div>
        {columns.map((column, index) => (
          <div
            key={column.key}
            role="gridcell"
            aria-colindex={index + 2}
            data-total={column.total ? column.key : undefined}
            className={["line-cell", column.end ? "end" : "", index < frozen ? "frozen" : ""].join(" ")}
            style={{ width: column.width, left: index < frozen ? columns.slice(0, index).reduce((sum, one) => sum + one.width, NUMBER_WIDTH) : undefined }}
          >
            <span className="line-value">{column.total ? <FieldCell value={totals.get(column.key) ?? null} field={column.field} place={place} /> : null}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
