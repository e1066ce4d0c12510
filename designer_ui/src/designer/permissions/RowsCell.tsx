/** On which records a group has its rights: one of the usual answers, or a condition. */
import { useNames } from "@/catalogue/expression/calls";
import { ExpressionText } from "@/catalogue/expression/ExpressionText";
import { isCondition, rowsChoices, withPart } from "@/model/design/permissions";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CellProps } from "./Matrix";

const RowsDialog = lazy(() => import("./RowsDialog"));

const CONDITION = "condition";

export function RowsCell({ subject, group, name, set }: CellProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const names = useNames({ app: subject.app, form: subject.form, draft: true }).data;
  const rows = group.rows ?? "all";
  const choices = rowsChoices(subject.fields);
  const known = choices.some((one) => one.rows === rows);
  const label = `${subject.words.group(name)}: ${t("permissions.rows.title")}`;
  const choose = (value: string): void => {
    if (value === CONDITION) setEditing(true);
    else set(withPart(group, "rows", value));
  };
  return (
    <div className="perm-rows">
      <select className="perm-select" aria-label={label} value={known ? rows : CONDITION} onChange={(event) => choose(event.target.value)}>
        {choices.map((choice) => <option key={choice.rows} value={choice.rows}>{subject.words.choice(choice)}</option>)}
        <option value={CONDITION}>{t("permissions.rows.condition")}</option>
      </select>
      {known ? null : names ? <ExpressionText text={rows} names={names} /> : <code>{rows}</code>}
      {isCondition(rows) ? (
        <button type="button" className="perm-link" aria-label={`${t("permissions.rows.edit")}: ${subject.words.group(name)}`} onClick={() => setEditing(true)}>{t("permissions.rows.edit")}</button>
      ) : null}
      {editing ? (
        <Suspense fallback={null}>
          <RowsDialog app={subject.app} form={subject.form} name={subject.words.group(name)} rows={isCondition(rows) ? rows : ""} onClose={() => setEditing(false)} onSave={(text) => set(withPart(group, "rows", text))} />
        </Suspense>
      ) : null}
    </div>
  );
}
