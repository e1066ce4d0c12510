import { Button, Segmented } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useChangeCircle, useGiveCircle, type Circle } from "../calls";
import { AppsSelect, DepartmentsSelect, PersonSelect, RoleSelect, RolesSelect } from "../parts/Choose";
import { Field, issueAt, otherIssues } from "../parts/Field";
import type { Administrator } from "../types";
import { useCircleWords } from "./words";

const FIELDS = ["/user_id", "/role", "/apps", "/department_ids", "/roles"] as const;

/** What somebody administers, to give or to change; who that is stays. */
export function AdministratorDialog({ before, onClose }: { before: Administrator | null; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  const words = useCircleWords();
  const give = useGiveCircle();
  const change = useChangeCircle();
  const [kind, setKind] = useState<"person" | "role">("person");
  const [person, setPerson] = useState<number | null>(null);
  const [role, setRole] = useState<string | null>(null);
  const [circle, setCircle] = useState<Circle>({ apps: before ? before.apps : [], department_ids: before?.department_ids ?? [], roles: before?.roles ?? [] });
  const set = (next: Partial<Circle>): void => setCircle({ ...circle, ...next });
  const call = before ? change : give;
  const issue = (path: string) => issueAt(call.error, path);
  const saved = {
    onSuccess: (made: Administrator) => {
      announce(t("settings.administrators.saved", { name: words.holder(made) }));
      onClose();
    },
  };
  const holder = kind === "person" ? (person === null ? null : { user_id: person }) : role === null ? null : { role };
  const save = (): void => {
    if (before) change.mutate({ id: before.id, ...circle }, saved);
    else if (holder) give.mutate({ ...holder, ...circle }, saved);
  };
  const other = otherIssues(call.error, FIELDS);
  const failed = call.isError && FIELDS.every((path) => !issue(path)) && other.length === 0 ? [errorText(call.error)] : other;
  return (
    <Dialog
      title={before ? t("settings.administrators.editOf", { name: words.holder(before) }) : t("settings.administrators.add")}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={!before && !holder} loading={call.isPending} onClick={save}>{t("ui.save")}</Button>
        </>
      }
    >
      <form className="set-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
        {before ? null : (
          <>
            <Segmented<"person" | "role">
              aria-label={t("settings.administrators.who")}
              value={kind}
              onChange={setKind}
              options={[{ value: "person", label: t("settings.administrators.onePerson") }, { value: "role", label: t("settings.administrators.allOfRole") }]}
            />
            {kind === "person" ? (
              <Field id={`${id}-person`} label={t("settings.administrators.person")} issue={issue("/user_id")}>
                <PersonSelect id={`${id}-person`} value={person} onChange={setPerson} />
              </Field>
            ) : (
              <Field id={`${id}-role`} label={t("settings.administrators.role")} help={t("settings.administrators.roleHelp")} issue={issue("/role")}>
                <RoleSelect className="f-fill" id={`${id}-role`} value={role} onChange={setRole} />
              </Field>
            )}
          </>
        )}
        <Field id={`${id}-apps`} label={t("settings.administrators.apps")} help={circle.apps === null ? t("settings.administrators.allAppsHelp") : t("settings.administrators.appsHelp")} issue={issue("/apps")}>
          <Segmented<"all" | "some">
            aria-label={t("settings.administrators.whichApps")}
            value={circle.apps === null ? "all" : "some"}
            onChange={(value) => set({ apps: value === "all" ? null : [] })}
            options={[{ value: "some", label: t("settings.administrators.someApps") }, { value: "all", label: t("settings.administrators.allApps") }]}
          />
          {circle.apps === null ? null : <AppsSelect id={`${id}-apps`} value={circle.apps} onChange={(apps) => set({ apps })} />}
        </Field>
        <Field id={`${id}-departments`} label={t("settings.administrators.departments")} help={t("settings.administrators.departmentsHelp")} issue={issue("/department_ids")}>
          <DepartmentsSelect id={`${id}-departments`} value={circle.department_ids} onChange={(department_ids) => set({ department_ids })} />
        </Field>
        <Field id={`${id}-roles`} label={t("settings.administrators.roles")} help={t("settings.administrators.rolesHelp")} issue={issue("/roles")}>
          <RolesSelect id={`${id}-roles`} value={circle.roles} onChange={(roles) => set({ roles })} />
        </Field>
        {failed.length ? <p className="set-issue" role="alert">{failed.join(" ")}</p> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
