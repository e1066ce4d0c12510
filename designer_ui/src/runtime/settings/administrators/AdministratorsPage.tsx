import { IconCrown, IconEdit, IconPlus, IconTrash } from "@tabler/icons-react";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { IconButton } from "@/ui/IconButton";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { usePhone } from "@/ui/useMedia";
import { useTitle } from "@/ui/useTitle";
import { useAdministrators, useTakeCircle } from "../calls";
import type { Administrator } from "../types";
import { AdministratorDialog } from "./AdministratorDialog";
import { useCircleWords } from "./words";

/** Who administers some apps and departments only, since when and by whom. */
export function AdministratorsPage() {
  const { t } = useTranslation();
  const found = useAdministrators();
  const words = useCircleWords();
  const [editing, setEditing] = useState<Administrator | "new" | null>(null);
  useTitle(t("settings.administrators.title"));
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.administrators.title")}</h1>
        <span className="actions">
          <Button type="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => setEditing("new")}>{t("settings.administrators.add")}</Button>
        </span>
      </header>
      <p className="set-lead">{t("settings.administrators.lead")}</p>
      {found.error ? <ErrorView part error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending || !words.ready ? <Skeleton lines={6} /> : null}
      {found.data?.length === 0 ? <EmptyState icon={<IconCrown size={24} />} title={t("settings.administrators.empty")}>{t("settings.administrators.emptyHelp")}</EmptyState> : null}
      {words.ready && found.data && found.data.length > 0 ? <Administrators found={found.data} onEdit={setEditing} /> : null}
      {editing ? <AdministratorDialog before={editing === "new" ? null : editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

function Administrators({ found, onEdit }: { found: readonly Administrator[]; onEdit: (one: Administrator) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const errorText = useErrorText();
  const words = useCircleWords();
  const take = useTakeCircle();
  const askTake = (one: Administrator): void => {
    const name = words.holder(one);
    ask({
      title: t("settings.administrators.takeAsk", { name }),
      content: t("settings.administrators.takeHelp"),
      okText: t("settings.administrators.take"),
      danger: true,
      onOk: () => take.mutateAsync(one.id).then(() => announce(t("settings.administrators.taken", { name })), (error: unknown) => showToast({ text: errorText(error) })),
    });
  };
  const holder = (one: Administrator) => (
    <>
      <strong>{words.holder(one)}</strong> {one.role ? <Tag color="blue">{t("settings.administrators.role")}</Tag> : null}
    </>
  );
  const since = (one: Administrator): string =>
    one.given_by ? t("settings.administrators.sinceBy", { date: format.dateTime(one.given_at), name: one.given_by.name }) : format.dateTime(one.given_at);
  const buttons = (one: Administrator) => (
    <>
      <IconButton label={t("settings.administrators.editOf", { name: words.holder(one) })} onClick={() => onEdit(one)}><IconEdit size={16} aria-hidden /></IconButton>
      <IconButton label={t("settings.administrators.takeOf", { name: words.holder(one) })} onClick={() => askTake(one)}><IconTrash size={16} aria-hidden /></IconButton>
    </>
  );
  if (phone) {
    return (
      <ul className="set-cards" aria-label={t("settings.administrators.title")}>
        {found.map((one) => (
          <li key={one.id}>
            <span>{holder(one)}</span>
            <span>{buttons(one)}</span>
            <p>{[words.apps(one), words.departments(one), words.roles(one)].filter(Boolean).join(" · ")}</p>
            <p className="muted">{since(one)}</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className="set-table" role="region" aria-label={t("settings.administrators.title")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("settings.administrators.who")}</th>
            <th scope="col">{t("settings.administrators.apps")}</th>
            <th scope="col">{t("settings.administrators.departments")}</th>
            <th scope="col">{t("settings.administrators.roles")}</th>
            <th scope="col">{t("settings.administrators.since")}</th>
            <th scope="col"><span className="sr-only">{t("ui.more")}</span></th>
          </tr>
        </thead>
        <tbody>
          {found.map((one) => (
            <tr key={one.id}>
              <td>{holder(one)}</td>
              <td>{words.apps(one)}</td>
              <td>{words.departments(one)}</td>
              <td>{words.roles(one)}</td>
              <td className="muted">{since(one)}</td>
              <td className="end">{buttons(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
