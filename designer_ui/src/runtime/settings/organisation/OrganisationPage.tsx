import { IconPlus, IconSitemap } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useSession } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { useOrganisation } from "../calls";
import { ImportOrganisationButton } from "../parts/ImportOrganisationButton";
import { DepartmentDialog, type DepartmentDraft } from "./DepartmentDialog";
import { DepartmentMembers } from "./DepartmentMembers";
import { DepartmentTree } from "./DepartmentTree";
import "./organisation.css";

/** The departments as a tree, and beside it the chosen one with its heads and members. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const organisation = useOrganisation();
  const whole = useSession().data?.user?.is_admin === true;
  const [editing, setEditing] = useState<DepartmentDraft | null>(null);
  useTitle(t("settings.organisation.title"));
  const departments = organisation.data ?? [];
  const wanted = Number(search.get("department"));
  const chosen = departments.find((one) => one.id === wanted) ?? departments.find((one) => one.active) ?? null;
  const choose = (id: number): void => setSearch({ department: String(id) }, { replace: true });
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.organisation.title")}</h1>
        <span className="actions">
          <ImportOrganisationButton />
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setEditing({ parent_id: whole ? null : (chosen?.id ?? null) })}>{t("settings.organisation.add")}</Button>
        </span>
      </header>
      {organisation.error ? <ErrorView part error={organisation.error} onRetry={() => void organisation.refetch()} /> : null}
      {organisation.isPending ? <Skeleton lines={10} /> : null}
      {organisation.data && departments.length === 0 ? (
        <EmptyState icon={<IconSitemap size={24} />} title={t("settings.organisation.empty")}>{t("settings.organisation.emptyHelp")}</EmptyState>
      ) : null}
      {chosen ? (
        <div className="org">
          <DepartmentTree departments={departments} chosen={chosen.id} onChoose={choose} onEdit={setEditing} />
          <DepartmentMembers key={chosen.id} department={chosen} departments={departments} onEdit={setEditing} />
        </div>
      ) : null}
      {editing ? <DepartmentDialog draft={editing} departments={departments} onClose={() => setEditing(null)} onSaved={choose} /> : null}
    </>
  );
}
