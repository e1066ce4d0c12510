import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useApp } from "@/api";
import { menuAddress, menuForms } from "@/model/menu";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Redirect } from "@/ui/Redirect";
import { Skeleton } from "@/ui/Skeleton";

/** Leads to the first entry of the app's menu. */
export function AppPage() {
  const { t } = useTranslation();
  const { app = "" } = useParams();
  const info = useApp(app);
  if (info.isPending) return <Skeleton />;
  if (info.isError) return <ErrorView error={info.error} onRetry={info.refetch} />;
  const firstForm = Object.keys(info.data.forms)[0];
  const first = menuForms(info.data)[0] ?? (firstForm ? { form: firstForm } : undefined);
  if (first) return <Redirect to={menuAddress(app, first)} />;
  return <EmptyState heading="h1" icon={<IconLock size={24} />} title={t("shell.noForms")}>{t("shell.noFormsHelp")}</EmptyState>;
}
