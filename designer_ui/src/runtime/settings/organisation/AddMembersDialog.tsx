import { Button, Checkbox } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, patch } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { useChange } from "../calls";
import { PeopleSelect } from "../parts/Choose";
import { Field } from "../parts/Field";
import type { Department, Person } from "../types";

interface Added {
  readonly ids: readonly number[];
  readonly department: number;
  /** Whether they leave the departments in which they are. */
  readonly only: boolean;
}

async function addMembers({ ids, department, only }: Added): Promise<void> {
  for (const id of ids) {
    const { department_ids } = await get<Person>(`/users/${id}`);
    const others = department_ids.filter((one) => one !== department);
    await patch(`/users/${id}`, { department_ids: only ? [department] : [...others, department] });
  }
}

/** Puts people who are here into a department, beside or instead of those in which they are. */
export function AddMembersDialog({ department, onClose }: { department: Department; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const add = useChange(addMembers);
  const [ids, setIds] = useState<readonly number[]>([]);
  const [only, setOnly] = useState(false);
  const save = () =>
    add.mutate({ ids, department: department.id, only }, {
      onSuccess: () => {
        announce(t("settings.organisation.membersAdded", { count: ids.length, name: department.name }));
        onClose();
      },
    });
  return (
    <Dialog
      title={t("settings.organisation.addMembersTo", { name: department.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={ids.length === 0} loading={add.isPending} onClick={save}>{t("settings.organisation.addMembers")}</Button>
        </>
      }
    >
      <div className="set-form">
        <Field id={`${id}-people`} label={t("settings.people.title")}>
          <PeopleSelect id={`${id}-people`} value={ids} onChange={setIds} />
        </Field>
        <Checkbox checked={only} onChange={(event) => setOnly(event.target.checked)}>{t("settings.organisation.onlyHere")}</Checkbox>
        {add.isError ? <p className="set-issue" role="alert">{errorText(add.error)}</p> : null}
      </div>
    </Dialog>
  );
}
