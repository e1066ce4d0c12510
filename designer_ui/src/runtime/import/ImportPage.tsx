/** Imports into one form (/a/{app}/{form}/import) or several (/a/{app}/-/import); the job of a started one stands in the address. */
import { useApp, type AppInfo } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { IconArrowLeft, IconHistory, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { RunningJob } from "./JobView";
import { Wizard } from "./Wizard";
import { WizardSteps } from "./WizardSteps";
import "./import.css";

/** Whether somebody may import into a form, or into any when none is named. */
function mayImport(app: AppInfo, form: string | null): boolean {
  const forms = form === null ? Object.values(app.forms) : [app.forms[form]];
  return forms.some((one) => one?.actions.includes("import"));
}

export function ImportPage() {
  const { app: key = "", form = null } = useParams();
  const { t } = useTranslation();
  const format = useFormat();
  const [parameters, setParameters] = useSearchParams();
  const app = useApp(key);
  const info = form === null ? undefined : app.data?.forms[form];
  const title = info ? t("import.title", { name: format.label(info.plural ?? info.label) }) : t("import.titleAll");
  const running = parameters.get("job");
  useTitle(title);
  if (app.error) return <ErrorView error={app.error} onRetry={() => void app.refetch()} />;
  if (!app.data) return <div className="import-page"><Skeleton /></div>;
  if (running === null && !mayImport(app.data, form)) {
    return <EmptyState icon={<IconLock size={24} />} title={t("import.forbidden")} heading="h1">{t("import.forbiddenHelp")}</EmptyState>;
  }
  return (
    <div className="import-page">
      <nav className="import-ways" aria-label={t("import.ways")}>
        {form === null ? null : <Link to={`/a/${key}/${form}`}><IconArrowLeft size={16} aria-hidden /> {t("import.back")}</Link>}
        <Link to={`/a/${key}/-/imports${form === null ? "" : `?form=${form}`}`}><IconHistory size={16} aria-hidden /> {t("imports.title")}</Link>
      </nav>
      <h1>{title}</h1>
      {running === null ? (
        <Wizard key={`${key}/${form}`} app={key} form={form} onStarted={(job) => setParameters({ job })} />
      ) : (
        <>
          <WizardSteps steps={["file", "match", "check", "run"]} current="run" />
          <div className="import-sheet"><RunningJob id={running} /></div>
        </>
      )}
    </div>
  );
}
