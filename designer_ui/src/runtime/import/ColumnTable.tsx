/** The columns of a file, each with samples and the field it goes into. */
import { useFormat } from "@/ui/format";
import { IconArrowRight } from "@tabler/icons-react";
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../list/fields";
import { ColumnOptions } from "./ColumnOptions";
import { importableFields, keyOnlyFields, RECORD_ID } from "./mapping";
import { withField, type Plan } from "./plan";
import type { ImportColumn } from "./types";
import type { Ready } from "./useFiles";

interface Props {
  readonly entry: Ready;
  readonly brought: ReadonlySet<string>;
  readonly onChange: (plan: Plan) => void;
}

const SAMPLES = 3;

interface Option {
  readonly value: string;
  readonly label: string;
}

function useFieldOptions({ describe, preview }: Ready): readonly (Option | { readonly label: string; readonly options: Option[] })[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const fields = fieldsOf(describe);
    const name = (key: string): string => (key === RECORD_ID ? t("import.match.recordId") : format.label(fields[key]?.label) || key);
    const needed = (key: string): string => (preview.demanded.includes(key) ? " *" : "");
    const option = (key: string): Option => ({ value: key, label: `${name(key)}${needed(key)}` });
    const lines = Object.entries(preview.subforms).map(([subform, { label, fields: own }]) => ({
      label: format.label(label),
      options: own.map((one) => ({ value: `${subform}.${one.key}`, label: `${format.label(label)} / ${format.label(one.label)}${needed(`${subform}.${one.key}`)}` })),
    }));
    const fill = [{ value: "", label: t("import.match.skip") }, ...importableFields(describe).map(option)];
    return [...fill, ...lines, { label: t("import.match.recognise"), options: keyOnlyFields(describe).map(option) }];
  }, [describe, preview, format, t]);
}

export function ColumnTable({ entry, brought, onChange }: Props) {
  const { t } = useTranslation();
  const options = useFieldOptions(entry);
  const { preview, plan } = entry;
  return (
    <div className="import-table" role="table" aria-label={t("import.step.match")}>
      <div role="row" className="import-row head">
        <span role="columnheader">{t("import.match.column")}</span>
        <span role="columnheader">{t("import.match.samples")}</span>
        <span role="columnheader">{t("import.match.field")}</span>
      </div>
      {preview.columns.map((column) => (
        <div role="row" className={plan.mapping[column.name] ? "import-row" : "import-row skipped"} key={column.name}>
          <span role="cell" className="import-column" title={column.name}>{column.name}</span>
          <Samples column={column} />
          <span role="cell" className="import-field">
            <IconArrowRight size={16} aria-hidden className="muted" />
            <Select
              value={plan.mapping[column.name] ?? ""}
              options={[...options]}
              aria-label={t("import.match.fieldOf", { column: column.name })}
              showSearch={{ optionFilterProp: "label" }}
              popupMatchSelectWidth={false}
              onChange={(field: string) => onChange(withField(plan, entry.describe, column.name, field || null))}
            />
            <ColumnOptions entry={entry} column={column} brought={brought} onChange={onChange} />
          </span>
        </div>
      ))}
    </div>
  );
}

function Samples({ column }: { column: ImportColumn }) {
  return (
    <span role="cell" className="import-samples">
      {column.samples.filter(Boolean).slice(0, SAMPLES).map((sample, index) => (
        <span key={index} title={sample}>{sample}</span>
      ))}
    </span>
  );
}
