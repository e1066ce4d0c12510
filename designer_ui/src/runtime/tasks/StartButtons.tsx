import { IconSend } from "@tabler/icons-react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Describe, RecordJson } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useRecordWorkflow, useStartWorkflow } from "./calls";
import type { RecordWorkflow } from "./types";

/** A button for every workflow that this person may begin on this record now. */
export function StartButtons({ describe, record, primary = false }: { describe: Describe; record: RecordJson; primary?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const found = useRecordWorkflow(describe.app, describe.key, record.id).data;
  const start = useStartWorkflow(describe.app, describe.key, record.id);
  const run = async ({ workflow, label }: RecordWorkflow["startable"][number]): Promise<void> => {
    try {
      await start.mutateAsync(workflow);
      const text = t("tasks.startedNow", { workflow: format.label(label) });
      announce(text);
      showToast({ text });
    } catch (error) {
      showToast({ text: errorText(error) });
    }
  };
  return (
    <>
      {(found?.startable ?? []).map((one) => (
        <Button
          key={one.workflow}
          type={primary ? "primary" : "default"}
          icon={<IconSend size={16} aria-hidden />}
          loading={start.isPending && start.variables === one.workflow}
          onClick={() => {
            if (one.confirm) ask({ title: format.label(one.label), content: <p>{format.label(one.confirm)}</p>, okText: format.label(one.label), onOk: () => run(one) });
            else void run(one);
          }}
        >
          {format.label(one.label)}
        </Button>
      ))}
    </>
  );
}

export default StartButtons;
