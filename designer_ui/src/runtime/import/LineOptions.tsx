/** Which rows are the lines of one record, and what becomes of lines that a record has already. */
import { useFormat } from "@/ui/format";
import { Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { fieldNamed, lineField, subformOf, subformsIn } from "./mapping";
import { isUpdating, linesOf, type Plan } from "./plan";
import type { LineMode } from "./types";
import type { Ready } from "./useFiles";

const MODES: readonly LineMode[] = ["replace", "add", "add_or_update", "update"];

interface Props {
  readonly entry: Ready;
  readonly onChange: (plan: Plan) => void;
}

export function LineOptions({ entry, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, describe } = entry;
  const subforms = subformsIn(plan.mapping);
  if (subforms.length === 0) return null;
  const names = plan.match.map((key) => format.label(fieldNamed(describe, key)?.label) || key).join(format.language === "zh-CN" ? "、" : ", ");
  return (
    <fieldset className="import-mode">
      <legend>{t("import.lines.title")}</legend>
      <p className="muted">{plan.way === "add" ? t("import.lines.blank") : t("import.lines.repeated", { names })}</p>
      {isUpdating(plan) ? subforms.map((subform) => <Lines key={subform} subform={subform} entry={entry} onChange={onChange} />) : null}
    </fieldset>
  );
}

function Lines({ entry, subform, onChange }: Props & { subform: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { plan, describe } = entry;
  const choice = linesOf(plan, subform);
  const keys = Object.values(plan.mapping).filter((name) => subformOf(name) === subform);
  const needed = choice.mode === "update" || choice.mode === "add_or_update";
  const change = (part: Partial<typeof choice>): void => onChange({ ...plan, lines: { ...plan.lines, [subform]: { ...choice, ...part } } });
  return (
    <div className="import-options">
      <span>
        <label htmlFor={`${id}-mode`}>{t("import.lines.there", { name: format.label(describe.fields[subform]?.label) })}</label>
        <Select
          id={`${id}-mode`}
          value={choice.mode}
          popupMatchSelectWidth={false}
          options={MODES.map((value) => ({ value, label: t(`import.lines.mode.${value}`) }))}
          onChange={(mode: LineMode) => change({ mode })}
        />
      </span>
      <span>
        <label htmlFor={`${id}-key`}>{t("import.match.key")}</label>
        <Select
          id={`${id}-key`}
          mode="multiple"
          value={[...choice.match]}
          status={needed && choice.match.length === 0 ? "error" : ""}
          placeholder={t("import.lines.alike")}
          popupMatchSelectWidth={false}
          options={keys.map((name) => ({ value: lineField(name), label: format.label(fieldNamed(describe, name)?.label) || name }))}
          onChange={(match: string[]) => change({ match })}
        />
      </span>
    </div>
  );
}
