import { IconPlus, IconX } from "@tabler/icons-react";
import { Button, Checkbox, ConfigProvider, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { announce } from "@/ui/announce";
import { useChangePerson, usePerson } from "../calls";
import { DepartmentSelect, DepartmentsSelect, PersonSelect, RoleSelect, RolesSelect } from "../parts/Choose";
import { Field, issueAt, otherIssues } from "../parts/Field";
import type { DepartmentRole, Person } from "../types";
import { PersonAccess } from "./PersonAccess";

/** One of the people: who, where in the organisation, with which roles, and whether he may come in. */
export function PersonDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const person = usePerson(id);
  if (person.data) return <PersonForm key={id} person={person.data} onClose={onClose} />;
  return (
    <Dialog title={t("settings.people.person")} onClose={onClose}>
      {person.error ? <ErrorView part error={person.error} onRetry={() => void person.refetch()} /> : <Skeleton lines={6} />}
    </Dialog>
  );
}

interface Draft {
  readonly name: string;
  readonly email: string;
  readonly is_admin: boolean;
  readonly department_ids: readonly number[];
  readonly manager_id: number | null;
  readonly roles: readonly string[];
  readonly department_roles: readonly { readonly role: string | null; readonly department_id: number | null }[];
}

const FIELDS = ["/name", "/email", "/is_admin", "/department_ids", "/manager_id", "/roles", "/department_roles"] as const;

const draftOf = ({ name, email, is_admin, department_ids, manager_id, roles, department_roles }: Person): Draft => ({
  name, email, is_admin, department_ids, manager_id, roles, department_roles,
});

/** What the draft changes; rows of roles that were left open count for nothing. */
function changesOf(before: Person, draft: Draft): Partial<Draft> {
  const complete = draft.department_roles.filter((one): one is DepartmentRole => one.role !== null && one.department_id !== null);
  const cleaned: Draft = { ...draft, department_roles: complete };
  const old = draftOf(before);
  return Object.fromEntries(Object.entries(cleaned).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key as keyof Draft])));
}

function PersonForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const whole = useSession().data?.user?.is_admin === true;
  const fixed = !person.manages;
  const change = useChangePerson();
  const errorText = useErrorText();
  const [draft, setDraft] = useState<Draft>(() => draftOf(person));
  const set = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  const issue = (path: string) => issueAt(change.error, path);
  const save = (): void => {
    const changes = changesOf(person, draft);
    if (Object.keys(changes).length === 0) return onClose();
    change.mutate({ id: person.id, ...(changes as object) }, {
      onSuccess: () => {
        announce(t("settings.people.saved", { name: draft.name }));
        onClose();
      },
    });
  };
  const other = otherIssues(change.error, FIELDS);
  const failed = change.isError && FIELDS.every((path) => !issue(path)) ? [errorText(change.error), ...other] : other;
  return (
    <Dialog
      title={person.name}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{fixed ? t("ui.close") : t("ui.cancel")}</Button>
          {fixed ? null : <Button type="primary" loading={change.isPending} onClick={save}>{t("ui.save")}</Button>}
        </>
      }
    >
      {fixed ? <p className="muted">{t("settings.people.notYours")}</p> : null}
      <form className="set-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <ConfigProvider componentDisabled={fixed}>
        <div className="set-two">
          <Field id={`${id}-name`} label={t("settings.people.name")} issue={issue("/name")}>
            <Input id={`${id}-name`} value={draft.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field id={`${id}-email`} label={t("settings.people.email")} issue={issue("/email")}>
            <Input id={`${id}-email`} type="email" disabled={fixed || !whole} value={draft.email} maxLength={254} onChange={(event) => set({ email: event.target.value })} />
          </Field>
        </div>
        <Field id={`${id}-departments`} label={t("settings.people.departments")} help={t("settings.people.departmentsHelp")} issue={issue("/department_ids")}>
          <DepartmentsSelect id={`${id}-departments`} value={draft.department_ids} onChange={(department_ids) => set({ department_ids })} />
        </Field>
        <Field
          id={`${id}-manager`}
          label={t("settings.people.manager")}
          help={draft.manager_id === null && person.manager ? t("settings.people.managerFound", { name: person.manager.name }) : t("settings.people.managerHelp")}
          issue={issue("/manager_id")}
        >
          <PersonSelect id={`${id}-manager`} value={draft.manager_id} onChange={(manager_id) => set({ manager_id })} />
        </Field>
        <Field id={`${id}-roles`} label={t("settings.people.roles")} issue={issue("/roles")}>
          <RolesSelect id={`${id}-roles`} value={draft.roles} onChange={(roles) => set({ roles })} />
        </Field>
        <DepartmentRoles value={draft.department_roles} onChange={(department_roles) => set({ department_roles })} issue={issue("/department_roles")} />
        {whole ? <div className="set-field">
          <Checkbox checked={draft.is_admin} onChange={(event) => set({ is_admin: event.target.checked })}>{t("settings.people.isAdmin")}</Checkbox>
          {issue("/is_admin") ? <p className="set-issue" role="alert">{issue("/is_admin")}</p> : null}
        </div> : null}
        </ConfigProvider>
        {failed.length ? <p className="set-issue" role="alert">{failed.join(" ")}</p> : null}
        <button type="submit" hidden />
      </form>
      {fixed ? null : <PersonAccess person={person} />}
    </Dialog>
  );
}

interface RolesProps {
  readonly value: Draft["department_roles"];
  readonly onChange: (value: Draft["department_roles"]) => void;
  readonly issue: string | undefined;
}

/** Roles that hold for single departments and what is below them. */
function DepartmentRoles({ value, onChange, issue }: RolesProps) {
  const { t } = useTranslation();
  const put = (place: number, next: Partial<Draft["department_roles"][number]>) => onChange(value.map((one, index) => (index === place ? { ...one, ...next } : one)));
  return (
    <fieldset className="set-field set-rows">
      <legend>{t("settings.people.departmentRoles")}</legend>
      {value.map((one, place) => (
        <div key={place} className="set-row">
          <RoleSelect label={t("settings.people.role")} placeholder={t("settings.people.role")} value={one.role} onChange={(role) => put(place, { role })} />
          <DepartmentSelect label={t("settings.people.department")} placeholder={t("settings.people.department")} value={one.department_id} onChange={(department_id) => put(place, { department_id })} />
          <IconButton label={t("settings.people.removeRole")} onClick={() => onChange(value.filter((_, index) => index !== place))}><IconX size={16} aria-hidden /></IconButton>
        </div>
      ))}
      <Button type="link" className="set-add" icon={<IconPlus size={16} aria-hidden />} onClick={() => onChange([...value, { role: null, department_id: null }])}>{t("settings.people.addRole")}</Button>
      {issue ? <p className="set-issue" role="alert">{issue}</p> : null}
    </fieldset>
  );
}
