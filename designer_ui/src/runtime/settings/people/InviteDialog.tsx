import { Button, Input, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { usePreferences } from "@/ui/preferences";
import { useInvite } from "../calls";
import { DepartmentsSelect, RolesSelect } from "../parts/Choose";
import { Field, issueAt } from "../parts/Field";
import { CopyBox, linkAddress } from "../parts/LinkBox";
import type { Invited } from "../types";
import { readInvitees, type Invitee } from "./invitees";

/** Invites one or several people by their addresses, all to the same place in the organisation. */
export function InviteDialog({ department, onClose }: { department: number | null; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const invite = useInvite();
  const [text, setText] = useState("");
  const [departments, setDepartments] = useState<readonly number[]>(department === null ? [] : [department]);
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [language, setLanguage] = useState<string>(usePreferences.getState().language);
  if (invite.data) return <InvitedDialog invited={invite.data.invited} onClose={onClose} />;
  const people = readInvitees(text);
  return (
    <Dialog
      title={t("settings.people.invite")}
      className="set-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="primary" disabled={people.length === 0} loading={invite.isPending} onClick={() => invite.mutate({ people, department_ids: departments, roles, language })}>
            {people.length > 1 ? t("settings.people.inviteMany", { count: people.length }) : t("settings.people.inviteOne")}
          </Button>
        </>
      }
    >
      <div className="set-form">
        <Field id={`${id}-people`} label={t("settings.people.addresses")} help={t("settings.people.addressesHelp")}>
          <Input.TextArea id={`${id}-people`} value={text} autoFocus autoSize={{ minRows: 3, maxRows: 8 }} placeholder={"anna@example.com\nBen Wu <ben@example.com>"} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Problems people={people} error={invite.error} />
        <Field id={`${id}-departments`} label={t("settings.people.departments")} issue={issueAt(invite.error, "/department_ids")}>
          <DepartmentsSelect id={`${id}-departments`} value={departments} onChange={setDepartments} />
        </Field>
        <Field id={`${id}-roles`} label={t("settings.people.roles")} issue={issueAt(invite.error, "/roles")}>
          <RolesSelect id={`${id}-roles`} value={roles} onChange={setRoles} />
        </Field>
        <Field id={`${id}-language`} label={t("settings.people.language")}>
          <Select id={`${id}-language`} className="f-fill" value={language} onChange={setLanguage} options={[{ value: "en", label: "English" }, { value: "zh-CN", label: "简体中文" }]} />
        </Field>
      </div>
    </Dialog>
  );
}

/** What is wrong with which of the addresses. */
export function Problems({ people, error }: { people: readonly Invitee[]; error: unknown }) {
  const errorText = useErrorText();
  if (!error) return null;
  const issues = error instanceof ApiError ? error.issues.filter((issue) => issue.path.startsWith("/people")) : [];
  return (
    <ul className="set-issues" role="alert">
      {issues.length === 0 ? <li>{errorText(error)}</li> : null}
      {issues.map((issue) => (
        <li key={`${issue.path}${issue.message}`}>{[people[Number(issue.path.split("/")[2])]?.email, issue.message].filter(Boolean).join(": ")}</li>
      ))}
    </ul>
  );
}

/** The links of those who were invited: they are told only now. */
export function InvitedDialog({ invited, onClose }: { invited: readonly Invited[]; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const until = invited[0]?.link.expires_at ?? "";
  return (
    <Dialog title={t("settings.people.invited", { count: invited.length })} className="set-dialog" onClose={onClose} footer={<Button type="primary" autoFocus onClick={onClose}>{t("settings.done")}</Button>}>
      <p>{t("settings.people.invitedHelp", { until: format.dateTime(until) })}</p>
      <ul className="set-links">
        {invited.map(({ person, link }) => (
          <li key={person.id}>
            <strong className="ellipsis">{person.name}</strong> <span className="muted">{person.email}</span>
            <CopyBox text={linkAddress(link)} label={t("settings.people.linkOf", { name: person.name })} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
