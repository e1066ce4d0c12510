import { useTranslation } from "react-i18next";
import type { Describe, Json, RecordJson, Values } from "@/api";
import { fieldOf } from "@/model/layout";
import { FormField } from "../FormField";

interface Props {
  readonly describe: Describe;
  readonly record: RecordJson;
  readonly typed: Values;
  readonly fields: readonly string[];
  readonly issues: ReadonlyMap<string, string>;
  readonly onChange: (field: string, value: Json) => void;
}

/** What the record itself must have before it is converted. */
export function OwnFields({ describe, record, typed, fields, issues, onChange }: Props) {
  const { t } = useTranslation();
  const values = { ...record, ...typed };
  if (fields.length === 0) return null;
  return (
    <section className="convert-part" aria-labelledby="convert-own">
      <h3 id="convert-own">{t("convert.own")}</h3>
      <div className="fields columns-2">
        {fields.map((key, place) => {
          const field = fieldOf(describe, key);
          return field ? (
            <FormField
              key={key}
              name={key}
              field={field}
              value={values[key] ?? null}
              place={{ app: describe.app, form: describe.key, field: key, record: record.id }}
              required
              readOnly={field.read_only ?? false}
              issue={issues.get(`/${key}`)}
              autoFocus={place === 0}
              onChange={onChange}
              values={field.type.startsWith("relation") ? values : undefined}
              lines={undefined}
              lineIssues={undefined}
            />
          ) : null;
        })}
      </div>
    </section>
  );
}
