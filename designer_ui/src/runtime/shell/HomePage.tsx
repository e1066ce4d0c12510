import { IconApps } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { useApps } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";

/** Leads to the first app. */
export function HomePage() {
  const { t } = useTranslation();
  const apps = useApps();
  if (apps.isPending) return <Skeleton />;
  if (apps.isError) return <ErrorView error={apps.error} onRetry={apps.refetch} />;
  const first = apps.data[0];
  if (first) return <Navigate to={`/a/${first.key}`} replace />;
  return <EmptyState icon={<IconApps size={24} />} title={t("shell.noApps")}>{t("shell.noAppsHelp")}</EmptyState>;
}
