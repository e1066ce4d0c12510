import type { RecordJson } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { fieldOn } from "@/model/limits";
import type { RecordColors } from "@/model/view";
import { useFormat } from "@/ui/format";
import { toneClass } from "@/ui/Tag";
import { createElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { fieldsOf, tellingFields, visibleColumns } from "../fields";
import type { ListHandle } from "../useListState";

interface Props {
  readonly list: ListHandle;
  readonly record: RecordJson;
  readonly colors: RecordColors;
  /** The level of its heading, below those of the groups around it. */
  readonly level: number;
}

const SHOWN = 5;

/** A record with its title, which leads to it, and the first fields that say something. */
export function RecordCard({ list, record, colors, level }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, state } = list;
  const fields = fieldsOf(describe);
  const title = record.title ?? "";
  const shown = tellingFields(record, visibleColumns(state.columns, fields)).slice(0, SHOWN);
  return (
    <article className={colors.row ? `record-card tinted ${toneClass(colors.row)}` : "record-card"}>
      {createElement(
        `h${level}`,
        { className: "record-card-title" },
        <Link to={`/a/${describe.app}/${describe.key}/${record.id}`}>{title || t("list.untitled")}</Link>,
      )}
      <dl>
        {shown.map((key) => {
          const field = fields[key];
          return field ? (
            <div key={key}>
              <dt>{format.label(field.label)}</dt>
              <dd className={colors.cells[key] ? `${toneClass(colors.cells[key])} tinted` : undefined}><FieldCell value={record[key]} field={fieldOn(field, key, record)} place={{ app: describe.app, form: describe.key, field: key, record: record.id }} /></dd>
            </div>
          ) : null;
        })}
      </dl>
    </article>
  );
}
