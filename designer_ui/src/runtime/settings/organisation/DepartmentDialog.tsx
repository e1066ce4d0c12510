import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useAddDepartment, useChangeDepartment } from "../calls";
import { withBelow } from "../departments";
import { DepartmentSelect, PeopleSelect } from "../parts/Choose";
import { Field, issueAt } from "../parts/Field";
import type { Department } from "../types";

/** A department to change, or where a new one comes. */
export interface DepartmentDraft {
  readonly department?: Department;
  readonly parent_id: number | null;
}

interface Props {
  readonly draft: DepartmentDraft;
  readonly departments: readonly Department[];
  readonly onClose: () => void;
  readonly onSaved: (id: number) => void;
}

/** Name, place and heads of a department, new or known. */
export function DepartmentDialog({ draft, departments, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const add = useAddDepartment();
  const change = useChangeDepartment();
  const before = draft.department;
  const whole = useSession().data?.user?.is_admin === true;
  const [name, setName] = useState(before?.name ?? "");
  const [parent, setParent] = useState(draft.parent_id);
  const [heads, setHeads] = useState<readonly number[]>(before?.head_ids ?? []);
  const call = before ? change : add;
  const saved = {
    onSuccess: (made: Department) => {
      announce(t("settings.organisation.saved", { name: made.name }));
      onSaved(made.id);
      onClose();
    },
  };
  const save = (): void => {
    if (!before) return add.mutate({ name, parent_id: parent, head_ids: heads }, saved);
    const moved = parent === before.parent_id ? {} : { parent_id: parent, before_id: null };
    return change.mutate({ id: before.id, name, head_ids: heads, ...moved }, saved);
  };
  // The topmost departments that somebody manages stay where they are: what is above them is not his.
  const placed = whole || parent !== before?.parent_id || departments.some((one) => one.id === parent);
  const circle = before && parent !== null && withBelow(departments, before.id).has(parent);
  const known = ["/name", "/parent_id", "/head_ids"].some((path) => issueAt(call.error, path));
  return (
    <Dialog
      title={before ? t("settings.organisation.editOf", { name: before.name }) : t("settings.organisation.add")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={call.isPending} onClick={save}>{before ? t("ui.save") : t("ui.create")}</Button>
        </>
      }
    >
      <form className="set-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Field id={`${id}-name`} label={t("settings.organisation.name")} issue={issueAt(call.error, "/name")}>
          <Input id={`${id}-name`} autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        {placed ? <Field
          id={`${id}-parent`}
          label={t("settings.organisation.parent")}
          help={t("settings.organisation.parentHelp")}
          issue={circle ? t("settings.organisation.circle") : issueAt(call.error, "/parent_id")}
        >
          <DepartmentSelect className="f-fill" id={`${id}-parent`} value={parent} onChange={setParent} />
        </Field> : null}
        <Field id={`${id}-heads`} label={t("settings.organisation.heads")} help={t("settings.organisation.headsHelp")} issue={issueAt(call.error, "/head_ids")}>
          <PeopleSelect id={`${id}-heads`} value={heads} onChange={setHeads} />
        </Field>
        {call.isError && !known ? <p className="set-issue" role="alert">{errorText(call.error)}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
