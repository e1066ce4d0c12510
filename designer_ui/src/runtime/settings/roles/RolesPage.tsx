import { IconEdit, IconPlus, IconTrash, IconUserShield } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useTitle } from "@/ui/useTitle";
import { useDeleteRole, useRoles } from "../calls";
import type { Role } from "../types";
import { RoleDialog } from "./RoleDialog";

/** What people are in the company: roles of the workspace and those that apps bring, with who has them. */
export function RolesPage() {
  const { t } = useTranslation();
  const roles = useRoles();
  const [editing, setEditing] = useState<Role | "new" | null>(null);
  useTitle(t("settings.roles.title"));
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.roles.title")}</h1>
        <span className="actions">
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setEditing("new")}>{t("settings.roles.add")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("settings.roles.lead")}</p>
      {roles.error ? <ErrorView part error={roles.error} onRetry={() => void roles.refetch()} /> : null}
      {roles.isPending ? <Skeleton lines={6} /> : null}
      {roles.data?.length === 0 ? <EmptyState icon={<IconUserShield size={24} />} title={t("settings.roles.empty")} /> : null}
      {roles.data && roles.data.length > 0 ? <RolesTable roles={roles.data} onEdit={setEditing} /> : null}
      {editing ? <RoleDialog role={editing === "new" ? null : editing} taken={(roles.data ?? []).map((one) => one.key)} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

function RolesTable({ roles, onEdit }: { roles: readonly Role[]; onEdit: (role: Role) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const drop = useDeleteRole();
  const askDelete = (role: Role): void => {
    const name = format.label(role.label);
    ask({
      title: t("settings.roles.deleteAsk", { name }),
      content: t("settings.roles.deleteHelp", { count: role.people + role.in_departments }),
      okText: t("ui.delete"),
      danger: true,
      onOk: () => drop.mutateAsync(role.key).then(() => announce(t("settings.roles.deleted", { name })), (error: unknown) => showToast({ text: errorText(error) })),
    });
  };
  return (
    <div className="set-table" role="region" aria-label={t("settings.roles.title")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("settings.roles.name")}</th>
            <th scope="col" className="set-wide">{t("settings.roles.key")}</th>
            <th scope="col">{t("settings.roles.people")}</th>
            <th scope="col" className="set-wide">{t("settings.roles.inDepartments")}</th>
            <th scope="col"><span className="sr-only">{t("ui.more")}</span></th>
          </tr>
        </thead>
        <tbody>
          {roles.map((role) => {
            const name = format.label(role.label);
            return (
              <tr key={role.key}>
                <td><Link to={`/settings/people?role=${encodeURIComponent(role.key)}`} aria-label={t("settings.roles.membersOf", { name })}>{name}</Link></td>
                <td className="muted set-wide">{role.key}</td>
                <td className="num">{format.number(role.people)}</td>
                <td className="num set-wide">{format.number(role.in_departments)}</td>
                <td className="end">
                  {role.source === "app" ? (
                    <Tag color="blue">{t("settings.roles.ofApp")}</Tag>
                  ) : (
                    <>
                      <IconButton label={t("settings.roles.editOf", { name })} onClick={() => onEdit(role)}><IconEdit size={16} aria-hidden /></IconButton>
                      <IconButton label={t("settings.roles.deleteOf", { name })} onClick={() => askDelete(role)}><IconTrash size={16} aria-hidden /></IconButton>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
