/** The lines of a saved record: a table with totals, or cards on a phone. */
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldCell } from "@/catalogue/FieldCell";
import type { CellProps } from "@/catalogue/registry";
import { linesOf, storedLines, totalOf, type ShownLine } from "@/model/lines";
import { useFormat } from "@/ui/format";
import { usePhone } from "@/ui/useMedia";
import { Card, Totals } from "./LineCard";
import { useColumns } from "./columns";
import "./lines.css";

/** Lines that are drawn at once; more on demand. */
const PART = 100;

export default function LinesView({ value, field, place }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const { columns } = useColumns(field, place, 0);
  const [drawn, setDrawn] = useState(PART);
  const lines = useMemo(() => {
    const stored = storedLines(value);
    return linesOf(value).map((line): ShownLine => ({ line, values: (line.id === null ? undefined : stored.get(line.id)) ?? line.typed, states: {}, issues: [] }));
  }, [value]);
  const shown = lines.slice(0, drawn);
  const more = lines.length > drawn ? (
    <Button type="text" onClick={() => setDrawn(drawn + 4 * PART)}>{t("lines.showMore", { count: lines.length - drawn })}</Button>
  ) : null;
  if (phone) {
    return (
      <div className="line-cards">
        <ol>{shown.map((line, row) => <li key={line.line.key}><div className="line-card"><Card shown={line} number={row + 1} columns={columns} place={place} /></div></li>)}</ol>
        {more}
        <Totals lines={lines} columns={columns} place={place} />
      </div>
    );
  }
  const values = lines.map((line) => line.values);
  return (
    <div className="lines-table" tabIndex={0} role="region" aria-label={format.label(field.label)}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="num"><span className="sr-only">{t("lines.number")}</span><span aria-hidden>#</span></th>
            {columns.map(({ key, label, end }) => <th key={key} scope="col" className={end ? "end" : ""}>{label}</th>)}
          </tr>
        </thead>
        <tbody>
          {shown.map((line, row) => (
            <tr key={line.line.key}>
              <th scope="row" className="num muted">{row + 1}</th>
              {columns.map(({ key, field: info, end }) => (
                <td key={key} className={end ? "end" : ""}><FieldCell value={line.values[key]} field={info} place={{ ...place, field: `${place.field}.${key}` }} /></td>
              ))}
            </tr>
          ))}
        </tbody>
        {columns.some((column) => column.total) ? (
          <tfoot>
            <tr>
              <th scope="row" aria-label={t("lines.total")}>Σ</th>
              {columns.map(({ key, field: info, end, total }) => (
                <td key={key} className={end ? "end" : ""} data-total={total ? key : undefined}>{total ? <FieldCell value={totalOf(values, key)} field={info} place={place} /> : null}</td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
      {more}
    </div>
  );
}
