import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import type { DuplicateMatch, FieldInfo, Json, Values } from "@/api";
import { FieldCell } from "@/catalogue/FieldCell";
import { FieldInput } from "@/catalogue/FieldInput";
import { fieldType, type Place } from "@/catalogue/registry";
import type { LineIssues, ShownLine } from "@/model/lines";
import { useFormat } from "@/ui/format";
import { DuplicateHint } from "./duplicates/DuplicateHint";

interface Props {
  readonly name: string;
  readonly field: FieldInfo;
  readonly value: Json;
  readonly place: Place;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly issue: string | undefined;
  /** Whether it is looked for records with the same value, and those found. */
  readonly compared?: boolean;
  readonly matches?: readonly DuplicateMatch[] | undefined;
  readonly autoFocus: boolean;
  readonly onChange: (key: string, value: Json) => void;
  /** Given only to fields whose choices depend on the others. */
  readonly values: Values | undefined;
  /** Of a subform. */
  readonly lines: readonly ShownLine[] | undefined;
  readonly lineIssues: LineIssues | undefined;
}

/** One field of the form: label, input, help, and what is wrong with it. */
export const FormField = memo(function FormField({ name, field, value, place, required, readOnly, issue, compared, matches, autoFocus, onChange, values, lines, lineIssues }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const help = format.label(field.help);
  const { wide, labelled } = fieldType(field.type);
  const computed = field.type === "formula" || field.type === "autonumber" || labelled;
  const Label = labelled ? "span" : "label";
  const describedBy = [help ? `${id}-help` : "", issue ? `${id}-issue` : "", matches ? `${id}-matches` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <div className={`form-field ${wide ? "wide" : ""}`} data-field={name}>
      <Label id={`${id}-label`} className="form-label" {...(labelled ? {} : { htmlFor: id })}>
        {format.label(field.label)}
        {required ? <b title={t("record.required")}><span aria-hidden>*</span><span className="sr-only">{t("record.required")}</span></b> : null}
      </Label>
      {readOnly && !computed ? (
        <output id={id} className="f-computed"><FieldCell value={value} field={field} place={place} blank="—" /></output>
      ) : (
        <FieldInput
          id={id}
          value={value}
          onChange={(next) => onChange(name, next)}
          field={field}
          place={place}
          values={values}
          lines={lines}
          lineIssues={lineIssues}
          disabled={readOnly}
          invalid={issue !== undefined}
          autoFocus={autoFocus}
          describedBy={describedBy}
        />
      )}
      {issue ? <p id={`${id}-issue`} className="form-issue">{issue}</p> : null}
      {compared ? <DuplicateHint id={`${id}-matches`} app={place.app} matches={matches} /> : null}
      {help ? <p id={`${id}-help`} className="form-help">{help}</p> : null}
    </div>
  );
});
