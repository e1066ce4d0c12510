/** Columns of the file to fields of the form, and what to do with records that exist already. */
import type { Describe } from "@/api";
import { useFormat } from "@/ui/format";
import { IconAlertTriangle, IconArrowRight } from "@tabler/icons-react";
import { Button, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../list/fields";
import type { ImportPreview, Mode } from "./calls";
import { importableFields, mapColumn, matchKeys, missingFields, type Mapping } from "./mapping";

export interface Choices {
  readonly mapping: Mapping;
  readonly mode: Mode;
  readonly match: string | null;
}

interface Props {
  readonly describe: Describe;
  readonly preview: ImportPreview;
  readonly choices: Choices;
  readonly busy: boolean;
  readonly onChange: (choices: Choices) => void;
  readonly onCheck: () => void;
}

const MODES: readonly Mode[] = ["add", "add_or_update", "update"];
const SAMPLES = 3;

export function MatchStep({ describe, preview, choices, busy, onChange, onCheck }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = fieldsOf(describe);
  const name = (key: string): string => format.label(fields[key]?.label) || key;
  const { mapping, mode, match } = choices;
  const keys = matchKeys(describe, mapping);
  const key = match !== null && keys.includes(match) ? match : (keys[0] ?? null);
  const mapped = Object.keys(mapping).length;
  const missing = mode === "update" ? [] : missingFields(describe, mapping);
  const required = (field: string): string => (fields[field]?.required ? " *" : "");
  const options = [
    { value: "", label: t("import.match.skip") },
    ...importableFields(describe).map((field) => ({ value: field, label: `${name(field)}${required(field)}` })),
  ];
  const set = (part: Partial<Choices>): void => onChange({ ...choices, match: key, ...part });
  return (
    <div className="import-match">
      {preview.warnings.map((warning) => (
        <p key={warning.message} className="import-warning">
          <IconAlertTriangle size={16} aria-hidden /> {warning.message}
        </p>
      ))}
      <div className="import-table" role="table" aria-label={t("import.step.match")}>
        <div role="row" className="import-row head">
          <span role="columnheader">{t("import.match.column")}</span>
          <span role="columnheader">{t("import.match.samples")}</span>
          <span role="columnheader">{t("import.match.field")}</span>
        </div>
        {preview.columns.map((column) => (
          <div role="row" className={mapping[column.name] ? "import-row" : "import-row skipped"} key={column.name}>
            <span role="cell" className="import-column" title={column.name}>{column.name}</span>
            <span role="cell" className="import-samples">
              {column.samples.filter(Boolean).slice(0, SAMPLES).map((sample, index) => (
                <span key={index} title={sample}>{sample}</span>
              ))}
            </span>
            <span role="cell" className="import-field">
              <IconArrowRight size={16} aria-hidden className="muted" />
              <Select
                value={mapping[column.name] ?? ""}
                options={options}
                aria-label={t("import.match.fieldOf", { column: column.name })}
                showSearch={{ optionFilterProp: "label" }}
                popupMatchSelectWidth={false}
                onChange={(field: string) => set({ mapping: mapColumn(mapping, column.name, field || null) })}
              />
            </span>
          </div>
        ))}
      </div>
      <fieldset className="import-mode">
        <legend>{t("import.match.mode")}</legend>
        <Radio.Group
          value={mode}
          options={MODES.map((value) => ({ value, label: t(`import.match.${value}`), disabled: value !== "add" && keys.length === 0 }))}
          onChange={(event) => set({ mode: event.target.value as Mode })}
        />
        {mode !== "add" ? (
          <label>
            <span>{t("import.match.key")}</span>
            <Select
              value={key}
              popupMatchSelectWidth={false}
              options={keys.map((value) => ({ value, label: name(value) }))}
              onChange={(value: string) => set({ match: value })}
            />
          </label>
        ) : null}
      </fieldset>
      {missing.length > 0 ? (
        <p className="import-warning">
          <IconAlertTriangle size={16} aria-hidden /> {t("import.match.required", { names: missing.map(name).join(format.language === "zh-CN" ? "、" : ", ") })}
        </p>
      ) : null}
      <footer className="import-actions">
        <span className="muted">
          {mapped === 0 ? t("import.match.nothing") : t("import.match.matched", { count: mapped, all: preview.columns.length })}
        </span>
        <Button type="primary" disabled={mapped === 0} loading={busy} onClick={onCheck}>{t("import.match.check")}</Button>
      </footer>
    </div>
  );
}
