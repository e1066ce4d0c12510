import { IconPencil, IconUnlink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import type { Describe, FieldInfo, RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { shownType } from "@/catalogue/registry";
import { fieldOf } from "@/model/layout";
import { fieldOn } from "@/model/limits";
import type { ListPlan } from "@/model/page";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";

interface Props {
  readonly describe: Describe;
  readonly list: ListPlan;
  readonly rows: readonly RecordJson[];
  readonly onEdit: ((id: number) => void) | undefined;
  /** Missing where the list may not be changed. */
  readonly onUnlink: ((row: RecordJson) => void) | undefined;
}

interface Column {
  readonly key: string;
  readonly field: FieldInfo;
  readonly end: boolean;
}

const SHOWN = 5;

/** The chosen columns; else the first of the form. What points back here says nothing. */
function columnsOf(describe: Describe, list: ListPlan): Column[] {
  const wanted = list.columns.length ? list.columns : describe.order.slice(0, SHOWN);
  return wanted.flatMap((key) => {
    const field = fieldOf(describe, key);
    return field && key !== list.related.field ? [{ key, field, end: shownType(field).align === "end" }] : [];
  });
}

function useRowLink(describe: Describe, rows: readonly RecordJson[]) {
  const { pathname, search } = useLocation();
  const state = { from: pathname + search, ids: rows.map((row) => row.id) };
  const titleOf = (row: RecordJson) => row.title || `#${row.id}`;
  const link = (row: RecordJson) => <Link to={`/a/${describe.app}/${describe.key}/${row.id}`} state={state}>{titleOf(row)}</Link>;
  return { link, titleOf };
}

export function RelatedTable({ describe, list, rows, onEdit, onUnlink }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { link, titleOf } = useRowLink(describe, rows);
  const columns = columnsOf(describe, list);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={format.label(list.label)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("record.title")}</th>
            {columns.map(({ key, field, end }) => <th key={key} scope="col" className={end ? "end" : ""}>{format.label(field.label)}</th>)}
            {onEdit ? <th scope="col" className="related-edit"><span className="sr-only">{t("ui.edit")}</span></th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{link(row)}</th>
              {columns.map(({ key, field, end }) => (
                <td key={key} className={end ? "end" : ""}>
                  <FieldCell value={row[key]} field={fieldOn(field, key, row)} place={{ app: describe.app, form: describe.key, field: key, record: row.id }} />
                </td>
              ))}
              {onEdit ? (
                <td className="related-edit">
                  <IconButton label={t("record.editTitle", { title: titleOf(row) })} onClick={() => onEdit(row.id)}><IconPencil size={16} aria-hidden /></IconButton>
                  {onUnlink ? <IconButton label={t("record.link.unlink", { title: titleOf(row) })} onClick={() => onUnlink(row)}><IconUnlink size={16} aria-hidden /></IconButton> : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function RelatedCards({ describe, list, rows, onEdit, onUnlink }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { link, titleOf } = useRowLink(describe, rows);
  const columns = columnsOf(describe, list);
  return (
    <ul className="related-cards" aria-label={format.label(list.label)}>
      {rows.map((row) => (
        <li key={row.id}>
          <header>
            <h3>{link(row)}</h3>
            {onEdit ? <IconButton label={t("record.editTitle", { title: titleOf(row) })} onClick={() => onEdit(row.id)}><IconPencil size={16} aria-hidden /></IconButton> : null}
            {onUnlink ? <IconButton label={t("record.link.unlink", { title: titleOf(row) })} onClick={() => onUnlink(row)}><IconUnlink size={16} aria-hidden /></IconButton> : null}
          </header>
          <dl>
            {columns.map(({ key, field }) => (
              <div key={key}>
                <dt>{format.label(field.label)}</dt>
                <dd><FieldCell value={row[key]} field={fieldOn(field, key, row)} place={{ app: describe.app, form: describe.key, field: key, record: row.id }} blank="—" /></dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
