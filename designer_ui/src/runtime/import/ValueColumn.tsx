/** The unknown values of one column: each becomes a known one, stays out, or is made. */
import { useFormat } from "@/ui/format";
import { Button, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { withChoice, withValue, type Plan } from "./plan";
import type { ColumnChoice, UnknownColumn, UnknownValue } from "./types";
import type { Ready } from "./useFiles";

/** Values drawn at first; further ones on demand. */
const SHOWN = 20;

/** What becomes of a value without an answer of its own. */
type Rule = "fail" | "blank" | "create";

interface Props {
  readonly entry: Ready;
  readonly column: UnknownColumn;
  readonly title: string;
  readonly onChange: (plan: Plan) => void;
}

function ruleOf(choice: ColumnChoice): Rule {
  if (choice.create_missing) return "create";
  return choice.unknown === "blank" ? "blank" : "fail";
}

export function ValueColumn({ entry, column, title, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [all, setAll] = useState(false);
  const { plan, preview } = entry;
  const choice = plan.columns[column.column] ?? {};
  const rule = ruleOf(choice);
  const link = preview.links[column.field];
  const rules: readonly Rule[] = link?.create ? ["fail", "blank", "create"] : ["fail", "blank"];
  const shown = all ? column.values : column.values.slice(0, SHOWN);
  return (
    <section className="import-values" aria-label={title}>
      <h2>{title}</h2>
      <div role="list">
        {shown.map((value) => (
          <ValueRow
            key={value.value}
            value={value}
            column={column}
            rule={rule}
            answer={choice.values?.[value.value]}
            onAnswer={(answer) => onChange(withValue(plan, column.column, value.value, answer))}
          />
        ))}
      </div>
      {shown.length < column.values.length ? (
        <Button type="link" onClick={() => setAll(true)}>{t("import.values.all", { shown: format.number(column.values.length) })}</Button>
      ) : null}
      <div className="import-options">
        <label htmlFor={id}>{column.more > 0 ? t("import.values.otherMore", { shown: format.number(column.more) }) : t("import.values.other")}</label>
        <Select
          id={id}
          value={rule}
          popupMatchSelectWidth={false}
          options={rules.map((one) => ({ value: one, label: t(`import.values.${one}`) }))}
          onChange={(chosen: Rule) => onChange(withChoice(plan, column.column, { unknown: chosen === "blank" ? "blank" : "fail", ...(link ? { create_missing: chosen === "create" } : {}) }))}
        />
      </div>
    </section>
  );
}

/** Stands for "as the others": antd wants a value. */
const AS_RULE = "\u0000";

interface RowProps {
  readonly value: UnknownValue;
  readonly column: UnknownColumn;
  readonly rule: Rule;
  readonly answer: string | undefined;
  readonly onAnswer: (answer: string | null) => void;
}

function ValueRow({ value, column, rule, answer, onAnswer }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const labels = { value: AS_RULE, label: t(`import.values.${rule}`) };
  return (
    <div role="listitem" className="import-value">
      <span className="import-column" title={value.value}>{value.value}</span>
      <span className="muted num">{t("import.values.times", { count: value.count, shown: format.number(value.count) })}</span>
      <Select
        value={answer ?? AS_RULE}
        aria-label={t("import.values.for", { value: value.value })}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        options={[labels, { value: "", label: t("import.values.leaveBlank") }, ...column.candidates]}
        onChange={(chosen: string) => onAnswer(chosen === AS_RULE ? null : chosen)}
      />
      {answer !== undefined && answer === value.suggestion ? <span className="muted">{t("import.values.suggested")}</span> : null}
    </div>
  );
}
