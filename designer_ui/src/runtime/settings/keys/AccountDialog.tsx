import { Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "@/api";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useKeyChange } from "../../keys/calls";
import { DepartmentsSelect, RolesSelect } from "../parts/Choose";
import { Field, issueAt } from "../parts/Field";
import type { Person } from "../types";

interface NewAccount {
  readonly name: string;
  readonly roles: readonly string[];
  readonly department_ids: readonly number[];
  readonly is_admin: boolean;
}

/** A new service account: its name and what it is in the company. */
export function AccountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const add = useKeyChange((body: NewAccount) => post<Person>("/service-accounts", body));
  const [name, setName] = useState("");
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [departments, setDepartments] = useState<readonly number[]>([]);
  const [admin, setAdmin] = useState(false);
  const known = issueAt(add.error, "/name");
  const run = (): void =>
    add.mutate({ name, roles, department_ids: departments, is_admin: admin }, {
      onSuccess: () => {
        announce(t("keys.accounts.added", { name }));
        onClose();
      },
    });
  return (
    <Dialog
      title={t("keys.accounts.add")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" loading={add.isPending} onClick={run}>{t("ui.create")}</Button>
        </>
      }
    >
      <form className="set-form" onSubmit={(event) => { event.preventDefault(); run(); }}>
        <Field id={`${id}-name`} label={t("keys.accounts.name")} issue={known}>
          <Input id={`${id}-name`} autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field id={`${id}-roles`} label={t("keys.accounts.roles")}>
          <RolesSelect id={`${id}-roles`} value={roles} onChange={setRoles} />
        </Field>
        <Field id={`${id}-departments`} label={t("keys.accounts.departments")}>
          <DepartmentsSelect id={`${id}-departments`} value={departments} onChange={setDepartments} />
        </Field>
        <Checkbox checked={admin} onChange={(event) => setAdmin(event.target.checked)}>{t("keys.accounts.admin")}</Checkbox>
        {add.isError && !known ? <p className="set-issue" role="alert">{issueAt(add.error, "") ?? errorText(add.error)}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
