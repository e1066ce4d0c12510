import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Tag } from "@/ui/Tag";
import { useFormat } from "@/ui/format";
import { ActDialog } from "./ActDialog";
import type { InstanceAct } from "./calls";
import { statusTone } from "./tones";
import type { InstanceJson } from "./types";

const ACTS: readonly InstanceAct[] = ["urge", "withdraw", "retry", "reassign", "move", "cancel", "reactivate"];

/** Which workflow runs, how far it is, and the buttons for what may be done with it as a whole. */
export function InstanceHeader({ instance }: { instance: InstanceJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [act, setAct] = useState<InstanceAct | null>(null);
  return (
    <header className="instance-head">
      <h2>{format.label(instance.label)}</h2>
      <Tag color={statusTone(instance.status)}>{format.label(instance.status_label)}</Tag>
      <span className="muted">
        {instance.initiator ? `${t("tasks.from", { name: instance.initiator.name })} · ` : ""}
        <time dateTime={instance.started_at}>{format.dateTime(instance.started_at)}</time>
      </span>
      <span className="gap" />
      {ACTS.filter((one) => instance.may[one]).map((one) => (
        <Button key={one} danger={one === "cancel"} onClick={() => setAct(one)}>{t(`tasks.act.${one}`)}</Button>
      ))}
      {act ? <ActDialog instance={instance} act={act} onClose={() => setAct(null)} /> : null}
    </header>
  );
}
