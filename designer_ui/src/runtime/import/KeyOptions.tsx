/** What becomes of rows whose record is there already, and which fields tell that. */
import { useFormat } from "@/ui/format";
import { Radio, Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../list/fields";
import { matchKeys, RECORD_ID } from "./mapping";
import { isUpdating, withWay, type Plan, type Way } from "./plan";
import type { Blank, Several } from "./types";
import type { Ready } from "./useFiles";

const WAYS: readonly Way[] = ["add", "skip", "add_or_update", "update"];
const BLANKS: readonly Blank[] = ["keep", "clear"];
const SEVERAL: readonly Several[] = ["fail", "skip", "first"];

interface Props {
  readonly entry: Ready;
  readonly onChange: (plan: Plan) => void;
}

export function KeyOptions({ entry, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { describe, plan } = entry;
  const fields = fieldsOf(describe);
  const keys = matchKeys(describe, plan.mapping);
  const name = (key: string): string => (key === RECORD_ID ? t("import.match.recordId") : format.label(fields[key]?.label) || key);
  const may = (way: Way): boolean => {
    const rights = { create: way !== "update", edit: way === "update" || way === "add_or_update" };
    const allowed = (!rights.create || describe.actions.includes("create")) && (!rights.edit || describe.actions.includes("edit"));
    return allowed && (way === "add" || keys.length > 0);
  };
  return (
    <fieldset className="import-mode">
      <legend>{t("import.match.mode")}</legend>
      <Radio.Group
        value={plan.way}
        options={WAYS.map((value) => ({ value, label: t(`import.way.${value}`), disabled: !may(value) }))}
        onChange={(event) => onChange(withWay(plan, describe, event.target.value as Way))}
      />
      {plan.way === "add" ? null : (
        <div className="import-options">
          <span>
            <label htmlFor={`${id}-key`}>{t("import.match.key")}</label>
            <Select
              id={`${id}-key`}
              mode="multiple"
              value={[...plan.match]}
              status={plan.match.length === 0 ? "error" : ""}
              popupMatchSelectWidth={false}
              options={keys.map((value) => ({ value, label: name(value) }))}
              onChange={(value: string[]) => onChange({ ...plan, match: value })}
            />
          </span>
          {isUpdating(plan) ? <UpdateOptions id={id} plan={plan} onChange={onChange} /> : null}
        </div>
      )}
    </fieldset>
  );
}

function UpdateOptions({ id, plan, onChange }: { id: string; plan: Plan; onChange: (plan: Plan) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <span>
        <label htmlFor={`${id}-blank`}>{t("import.blank.label")}</label>
        <Select
          id={`${id}-blank`}
          value={plan.blank}
          popupMatchSelectWidth={false}
          options={BLANKS.map((value) => ({ value, label: t(`import.blank.${value}`) }))}
          onChange={(blank) => onChange({ ...plan, blank })}
        />
      </span>
      <span>
        <label htmlFor={`${id}-several`}>{t("import.several.label")}</label>
        <Select
          id={`${id}-several`}
          value={plan.several}
          popupMatchSelectWidth={false}
          options={SEVERAL.map((value) => ({ value, label: t(`import.several.${value}`) }))}
          onChange={(several) => onChange({ ...plan, several })}
        />
      </span>
    </>
  );
}
