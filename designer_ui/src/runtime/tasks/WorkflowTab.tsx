import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Describe, RecordJson } from "@/api";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { InstanceHeader } from "./InstanceHeader";
import { Progress } from "./Progress";
import { Proposed } from "./Proposed";
import { StartButtons } from "./StartButtons";
import { useRecordWorkflow } from "./calls";
import "./tasks.css";

/** The workflows of a record, the newest first: how far each is, and what may be done with it. */
export default function WorkflowTab({ describe, record }: { describe: Describe; record: RecordJson }) {
  const { t } = useTranslation();
  const found = useRecordWorkflow(describe.app, describe.key, record.id);
  if (found.isError) return <ErrorView part error={found.error} onRetry={found.refetch} />;
  if (found.isPending) return <div className="card padded"><Skeleton lines={6} /></div>;
  const { instances, startable } = found.data;
  if (instances.length === 0) {
    return (
      <div className="card">
        <EmptyState
          icon={<IconArrowsSplit2 size={24} />}
          title={t("tasks.noWorkflow")}
          actions={startable.length ? <StartButtons describe={describe} record={record} primary /> : undefined}
        >
          {t(startable.length ? "tasks.noWorkflowStart" : "tasks.noWorkflowHelp")}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="record-blocks">
      {instances.map((instance) => (
        <div key={instance.id} className="instance">
          <InstanceHeader instance={instance} />
          <Proposed instance={instance} describe={describe} />
          <Progress instance={instance} />
        </div>
      ))}
    </div>
  );
}
