/** What a card says of a line, and the sums below the cards. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FieldCell } from "@/catalogue/FieldCell";
import { isBlank, type Place } from "@/catalogue/registry";
import { totalOf, type ShownLine } from "@/model/lines";
import { closedBecause, type LineColumn } from "./columns";
import { LineValue } from "./LineCell";

/** Facts on a card below its title. */
const FACTS = 3;

/** A line's first field as title, some more as facts, and its amount. */
export function Card({ shown, number, columns, place }: { shown: ShownLine; number: number; columns: readonly LineColumn[]; place: Place }) {
  const { t } = useTranslation();
  const filled = columns.filter((column) => !isBlank(shown.values[column.key]) && closedBecause(shown, column) !== "hidden");
  const title = filled.find((column) => !column.end);
  const amount = filled.findLast((column) => column.total);
  const facts = filled.filter((column) => column !== title && column !== amount).slice(0, FACTS);
  const value = (column: LineColumn) => <LineValue column={column} value={shown.values[column.key]} place={{ ...place, field: `${place.field}.${column.key}` }} />;
  return (
    <>
      <span className="line-title"><span className="muted num">{number}</span> <strong className="ellipsis">{title ? value(title) : t("lines.line", { number })}</strong></span>
      {amount ? <span className="line-amount">{value(amount)}</span> : null}
      {facts.length > 0 ? (
        <span className="line-facts">
          {facts.map((column) => <span key={column.key}><span className="muted">{column.label}</span> {value(column)}</span>)}
        </span>
      ) : null}
    </>
  );
}

export function Totals({ lines, columns, place }: { lines: readonly ShownLine[]; columns: readonly LineColumn[]; place: Place }) {
  const values = useMemo(() => lines.map((line) => line.values), [lines]);
  const summed = columns.filter((column) => column.total);
  if (summed.length === 0 || lines.length === 0) return null;
  return (
    <dl className="line-totals">
      {summed.map(({ key, label, field }) => (
        <div key={key} data-total={key}>
          <dt>Σ {label}</dt>
          <dd><FieldCell value={totalOf(values, key)} field={field} place={place} blank="—" /></dd>
        </div>
      ))}
    </dl>
  );
}
