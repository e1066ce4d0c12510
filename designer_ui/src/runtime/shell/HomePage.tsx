import { IconApps } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useApps, useSession } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Redirect } from "@/ui/Redirect";
import { Skeleton } from "@/ui/Skeleton";

const FirstApp = lazy(async () => (await import("./first/load")).loadFirstApp());

/** Leads to the first app; in an empty workspace it helps to the first one. */
export function HomePage() {
  const { t } = useTranslation();
  const session = useSession();
  const apps = useApps();
  if (apps.isPending) return <Skeleton />;
  if (apps.isError) return <ErrorView error={apps.error} onRetry={apps.refetch} />;
  const first = apps.data[0];
  if (first) return <Redirect to={`/a/${first.key}`} />;
  if (session.data?.user?.is_admin) return <Suspense fallback={<Skeleton />}><FirstApp /></Suspense>;
  return <EmptyState heading="h1" icon={<IconApps size={24} />} title={t("shell.noApps")}>{t("shell.noAppsHelp")}</EmptyState>;
}
