import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { InstanceHeader } from "../InstanceHeader";
import { Progress } from "../Progress";
import { useRun } from "../calls";
import "../../record/record.css";
import "../tasks.css";

/** One run of a workflow, for administrators: everything that happened, and what may be done about it. */
export function RunPage() {
  const { t } = useTranslation();
  const { app = "", instance = "" } = useParams();
  const run = useRun(/^\d+$/.test(instance) ? Number(instance) : NaN);
  useTitle(run.data?.record.title);
  const record = run.data?.record;
  return (
    <div className="runs">
      <p className="record-path"><Link to={`/a/${encodeURIComponent(app)}/-/workflows`}><IconArrowLeft size={16} aria-hidden />{t("runs.title")}</Link></p>
      {run.isError || !/^\d+$/.test(instance) ? <ErrorView error={run.error} onRetry={run.refetch} /> : run.data && record ? (
        <div className="instance">
          <h1><Link to={`/a/${run.data.app}/${run.data.form}/${record.id}`}>{record.title || `#${record.id}`}</Link></h1>
          <InstanceHeader instance={run.data} />
          <Progress instance={run.data} />
        </div>
      ) : <Skeleton lines={8} />}
    </div>
  );
}
