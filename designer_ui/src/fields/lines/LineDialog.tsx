/** One line as a small form, for a phone. */
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Button } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json, Values } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Place } from "@/catalogue/registry";
import { isUnreadable } from "@/model/cells";
import type { Lines, ShownLine } from "@/model/lines";
import { Dialog } from "@/ui/Dialog";
import { IconButton } from "@/ui/IconButton";
import { closedBecause, isRequired, type LineColumn } from "./columns";
import { LineValue } from "./LineCell";
import type { Messages } from "./problems";

interface Props {
  readonly shown: ShownLine;
  readonly row: number;
  readonly count: number;
  readonly columns: readonly LineColumn[];
  readonly place: Place;
  readonly values: Values;
  readonly messages: Messages;
  readonly readOnly: boolean;
  readonly now: () => Lines;
  readonly onChange: (key: string, value: Json) => void;
  readonly onGo: (row: number) => void;
  readonly onAdd: (() => void) | undefined;
  /** The lines as they were when the form was opened. */
  readonly onDone: (before: Lines) => void;
}

export function LineDialog({ shown, row, count, columns, place, values, messages, readOnly, now, onChange, onGo, onAdd, onDone }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [before] = useState(now);
  const close = () => onDone(before);
  const own = messages.get("");
  const inputs = { ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`$parent.${key}`, value])), ...shown.values };
  return (
    <Dialog
      title={t("lines.lineOf", { number: row + 1, count })}
      onClose={close}
      className="line-dialog"
      footer={
        <>
          <IconButton label={t("lines.previous")} disabled={row === 0} onClick={() => void (close(), onGo(row - 1))}><IconChevronLeft size={18} aria-hidden /></IconButton>
          <IconButton label={t("lines.next")} disabled={row === count - 1} onClick={() => void (close(), onGo(row + 1))}><IconChevronRight size={18} aria-hidden /></IconButton>
          {onAdd && !readOnly ? <Button size="large" onClick={() => void (close(), onAdd())}>{t("lines.addNext")}</Button> : null}
          <Button size="large" type="primary" onClick={close}>{t("lines.done")}</Button>
        </>
      }
    >
      {own ? <p role="alert" className="form-issue">{own}</p> : null}
      <div className="line-form">
        {columns.map((column) => {
          const { key, field, label } = column;
          const closed = readOnly ? "closed" : closedBecause(shown, column);
          const value = shown.values[key] ?? null;
          const message = messages.get(key);
          if (closed === "hidden") return null;
          return (
            <div key={key} className="form-field" data-line-field={key}>
              <label className="form-label" htmlFor={`${id}-${key}`}>
                {label}
                {isRequired(shown, column) ? <b><span aria-hidden>*</span><span className="sr-only">{t("lines.required")}</span></b> : null}
              </label>
              {closed ? (
                <output id={`${id}-${key}`} className="f-computed"><LineValue column={column} value={value} place={place} /></output>
              ) : (
                <FieldInput
                  id={`${id}-${key}`}
                  value={isUnreadable(field, value) && !column.end ? null : value}
                  onChange={(next) => onChange(key, next)}
                  field={field}
                  place={{ ...place, field: `${place.field}.${key}` }}
                  values={inputs}
                  invalid={message !== undefined}
                  describedBy={message === undefined ? undefined : `${id}-${key}-issue`}
                />
              )}
              {message === undefined ? null : <p id={`${id}-${key}-issue`} className="form-issue">{message}</p>}
            </div>
          );
        })}
      </div>
    </Dialog>
  );
}
