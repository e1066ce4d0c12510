import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { useDescribe } from "@/api";
import { InstanceHeader } from "../InstanceHeader";
import { Progress } from "../Progress";
import { Proposed } from "../Proposed";
import type { InstanceJson } from "../types";
import { useRun } from "../calls";
import "../../record/record.css";
import "../tasks.css";

/** One run of a workflow, for administrators and who started it: what happened, and what may be done about it. */
export function RunPage() {
  const { t } = useTranslation();
  const { app, instance = "" } = useParams();
  const run = useRun(/^\d+$/.test(instance) ? Number(instance) : NaN);
  useTitle(run.data?.record.title);
  const record = run.data?.record;
  return (
    <div className="runs">
      <p className="record-path"><Link to={app === undefined ? "/tasks?box=started" : `/a/${encodeURIComponent(app)}/-/workflows`}><IconArrowLeft size={16} aria-hidden />{t(app === undefined ? "tasks.box.started" : "runs.title")}</Link></p>
      {run.isError || !/^\d+$/.test(instance) ? <ErrorView error={run.error} onRetry={run.refetch} /> : run.data && record ? (
        <div className="instance">
          <h1>{record.id === null ? record.title || t("tasks.proposal.untitled") : <Link to={`/a/${run.data.app}/${run.data.form}/${record.id}`}>{record.title || `#${record.id}`}</Link>}</h1>
          <InstanceHeader instance={run.data} />
          {run.data.proposal ? <OfForm instance={run.data} /> : null}
          <Progress instance={run.data} />
        </div>
      ) : <Skeleton lines={8} />}
    </div>
  );
}

/** What waits for the run, in the words of its form, as far as one may see that. */
function OfForm({ instance }: { instance: InstanceJson }) {
  const describe = useDescribe(instance.app, instance.form);
  return describe.data ? <Proposed instance={instance} describe={describe.data} /> : null;
}
