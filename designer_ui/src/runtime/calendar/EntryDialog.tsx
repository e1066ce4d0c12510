/** One entry: what it is, when it is, and another time for it by keyboard. */
import type { Describe, Json, Values } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { FieldInput } from "@/catalogue/FieldInput";
import type { CalendarSettings } from "@/model/view";
import type { Entry } from "@/model/calendar";
import { Dialog } from "@/ui/Dialog";
import { useFormat } from "@/ui/format";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { editableInList, fieldsOf, tellingFields } from "../list/fields";

interface Props {
  readonly describe: Describe;
  readonly entry: Entry;
  readonly title: string;
  readonly settings: CalendarSettings;
  /** Fields that say what the entry is. */
  readonly columns: readonly string[];
  readonly onClose: () => void;
  readonly onSave: (values: Values) => void;
}

const MOST = 6;

export function EntryDialog({ describe, entry, title, settings, columns, onClose, onSave }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = fieldsOf(describe);
  const { record } = entry;
  const [values, setValues] = useState<Values>({});
  const times = [settings.start, settings.end].filter((key): key is string => key !== null && key in fields);
  const others = tellingFields(record, columns.filter((key) => !times.includes(key) && key in fields)).slice(0, MOST);
  const changed = Object.keys(values).length > 0;
  const set = (key: string, value: Json): void => setValues({ ...values, [key]: value });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      className="cal-dialog"
      footer={
        <>
          <Link to={`/a/${describe.app}/${describe.key}/${record.id}`}>{t("calendar.open")}</Link>
          <Button onClick={onClose}>{t(changed ? "ui.cancel" : "ui.close")}</Button>
          {changed ? <Button type="primary" onClick={() => onSave(values)}>{t("ui.save")}</Button> : null}
        </>
      }
    >
      <div className="cal-facts">
        {times.map((key) => {
          const field = fields[key];
          if (!field) return null;
          const place = { app: describe.app, form: describe.key, field: key, record: record.id };
          const value = values[key] === undefined ? (record[key] ?? null) : values[key];
          return (
            <div key={key}>
              <label htmlFor={`entry-${key}`}>{format.label(field.label)}</label>
              {editableInList(describe, key) ? (
                <FieldInput id={`entry-${key}`} value={value} field={field} place={place} onChange={(next) => set(key, next)} />
              ) : (
                <span id={`entry-${key}`}><FieldCell value={value} field={field} place={place} /></span>
              )}
            </div>
          );
        })}
        <dl>
          {others.map((key) => {
            const field = fields[key];
            return field ? (
              <div key={key}>
                <dt>{format.label(field.label)}</dt>
                <dd><FieldCell value={record[key]} field={field} place={{ app: describe.app, form: describe.key, field: key, record: record.id }} /></dd>
              </div>
            ) : null;
          })}
        </dl>
      </div>
    </Dialog>
  );
}
