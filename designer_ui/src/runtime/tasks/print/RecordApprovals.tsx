import { useState } from "react";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import type { Describe, RecordJson } from "@/api";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { Sheet } from "../../record/print/Sheet";
import { useRecordWorkflow } from "../calls";
import { Approval } from "./Approval";
import { useChoices } from "./useChoices";

/** A record on paper with how it was approved, as far as its reader may see that. */
export function RecordApprovals({ describe, record }: { readonly describe: Describe; readonly record: RecordJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useRecordWorkflow(describe.app, describe.key, record.id);
  const [choices, boxes] = useChoices();
  const [all, setAll] = useState(false);
  if (found.isError) return <ErrorView error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton lines={8} />;
  const { instances } = found.data;
  const printed = choices ? instances.slice(0, all ? undefined : 1) : [];
  return (
    <>
      {instances.length > 0 ? (
        <div className="print-tools print-options">
          {boxes}
          {instances.length > 1 ? <Checkbox checked={all} disabled={!choices} onChange={(event) => setAll(event.target.checked)}>{t("print.earlier", { count: instances.length - 1 })}</Checkbox> : null}
        </div>
      ) : null}
      <Sheet describe={describe} record={record} kind={printed.length > 0 ? t("print.approvalForm", { form: format.label(describe.label) }) : undefined}>
        {choices ? printed.map((instance) => <Approval key={instance.id} instance={instance} choices={choices} />) : null}
      </Sheet>
    </>
  );
}
