/** Who is in a group: by the app's roles, and whom this workspace added. */
import { IconUserPlus } from "@tabler/icons-react";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CellProps } from "./Matrix";

const MembersDialog = lazy(() => import("./MembersDialog"));

export function PeopleCell({ subject, group, name }: CellProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const told = subject.people.find(({ key }) => key === name);
  const added = [...(told?.departments ?? []), ...(told?.users ?? []), ...(told?.organisations ?? [])];
  const byApp = [...group.roles.map(subject.words.role), ...(group.external ?? []).map(subject.words.kind)];
  const label = subject.words.group(name);
  const count = told?.people.count ?? 0;
  return (
    <div className="perm-people">
      <span className="perm-tags">
        {byApp.map((one) => <span key={one} className="j-tag tone-blue" title={one}><span>{one}</span></span>)}
        {added.map(({ id, name: one }, index) => <span key={`${index}-${id}`} className="j-tag tone-gray" title={one}><span>{one}</span></span>)}
      </span>
      <small className={count === 0 ? "perm-none" : "muted"} title={told?.people.names.join(", ")}>{t("permissions.people", { count })}</small>
      <button type="button" className="perm-link" aria-label={`${t("permissions.members.open")}: ${label}`} onClick={() => setOpen(true)}>
        <IconUserPlus size={14} aria-hidden />{t("permissions.members.open")}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <MembersDialog app={subject.app} form={subject.form} group={name} label={label} roles={byApp} told={told} published={subject.published.includes(name)} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
