import { IconEdit, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "@/ui/Avatar";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useNames, usePeople } from "../calls";
import { departmentPaths } from "../departments";
import { InviteDialog } from "../people/InviteDialog";
import { PeopleList } from "../people/PeopleList";
import { PersonDialog } from "../people/PersonDialog";
import type { Department } from "../types";
import { AddMembersDialog } from "./AddMembersDialog";
import type { DepartmentDraft } from "./DepartmentDialog";
import { DepartmentMenu } from "./DepartmentMenu";

interface Props {
  readonly department: Department;
  readonly departments: readonly Department[];
  readonly onEdit: (draft: DepartmentDraft) => void;
}

type Open = { readonly what: "invite" | "add" } | { readonly what: "person"; readonly id: number } | null;

/** The chosen department: where it stands, who heads it, who is in it. */
export function DepartmentMembers({ department, departments, onEdit }: Props) {
  const { t } = useTranslation();
  const [below, setBelow] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const pages = usePeople({ department: department.id, with_below: below });
  const names = useNames(department.head_ids).data;
  const people = (pages.data?.pages ?? []).flatMap((page) => page.people);
  const path = departmentPaths(departments).get(department.id) ?? department.name;
  const close = () => setOpen(null);
  return (
    <section className="org-members" aria-label={department.name}>
      <header className="set-head">
        <h2>{department.name}</h2>
        {pages.data ? <span className="muted num">{t("settings.people.count", { count: pages.data.pages[0]?.total ?? 0 })}</span> : null}
        <span className="actions">
          <Button icon={<IconEdit size={16} aria-hidden />} onClick={() => onEdit({ department, parent_id: department.parent_id })}>{t("ui.edit")}</Button>
          <Button icon={<IconUsers size={16} aria-hidden />} onClick={() => setOpen({ what: "add" })}>{t("settings.organisation.addMembers")}</Button>
          <Button icon={<IconUserPlus size={16} aria-hidden />} onClick={() => setOpen({ what: "invite" })}>{t("settings.people.invite")}</Button>
          <DepartmentMenu {...{ department, departments, onEdit }} />
        </span>
      </header>
      {path === department.name ? null : <p className="muted">{path}</p>}
      <p className="set-line">
        <span className="muted">{t("settings.organisation.heads")}</span>
        {department.head_ids.length === 0 ? <span>{t("settings.organisation.noHead")}</span> : null}
        {department.head_ids.map((id) => {
          const name = names?.get(id) ?? `#${id}`;
          return <span key={id} className="org-head"><Avatar name={name} />{name}</span>;
        })}
      </p>
      <Checkbox checked={below} onChange={(event) => setBelow(event.target.checked)}>{t("settings.organisation.withBelow")}</Checkbox>
      {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton lines={6} /> : null}
      {pages.data && people.length === 0 ? <EmptyState icon={<IconUsers size={24} />} title={t("settings.organisation.nobody")} /> : null}
      {people.length > 0 ? <PeopleList people={people} label={t("settings.organisation.members")} onOpen={(person) => setOpen({ what: "person", id: person.id })} /> : null}
      {pages.hasNextPage ? <Button className="set-more" loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
      {open?.what === "invite" ? <InviteDialog department={department.id} onClose={close} /> : null}
      {open?.what === "add" ? <AddMembersDialog department={department} onClose={close} /> : null}
      {open?.what === "person" ? <PersonDialog id={open.id} onClose={close} /> : null}
    </section>
  );
}
