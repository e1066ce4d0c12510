import type { Describe, Json, Values } from "@/api";
import { fieldOf } from "@/model/layout";
import { FormField } from "../FormField";

interface Props {
  readonly describe: Describe;
  readonly fields: readonly string[];
  readonly values: Values;
  /** Of a stored record its id. */
  readonly record?: number;
  /** All of them must be filled in, whatever their form says. */
  readonly required?: boolean;
  /** Before the key of a field in the places of problems. */
  readonly prefix: string;
  readonly issues: ReadonlyMap<string, string>;
  readonly focusFirst?: boolean;
  readonly onChange: (field: string, value: Json) => void;
}

/** Fields of one of the records that a conversion is about. */
export function PartFields({ describe, fields, values, record, required, prefix, issues, focusFirst = false, onChange }: Props) {
  return (
    <div className="fields columns-2">
      {fields.map((key, place) => {
        const field = fieldOf(describe, key);
        return field ? (
          <FormField
            key={key}
            name={key}
            field={field}
            value={values[key] ?? null}
            place={{ app: describe.app, form: describe.key, field: key, ...(record === undefined ? {} : { record }) }}
            required={required ?? field.required ?? false}
            readOnly={field.read_only ?? false}
            issue={issues.get(`${prefix}/${key}`)}
            autoFocus={focusFirst && place === 0}
            onChange={onChange}
            values={field.type.startsWith("relation") ? values : undefined}
            lines={undefined}
            lineIssues={undefined}
          />
        ) : null;
      })}
    </div>
  );
}
