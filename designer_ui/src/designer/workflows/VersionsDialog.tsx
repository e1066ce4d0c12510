/** The published versions of a workflow: what each changed, and a way back. */
import { differences, isSame, type Workflow } from "@/model/workflows";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toast";
import { IconHistory } from "@tabler/icons-react";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useVersions, type Version } from "./calls";
import type { FlowWords } from "./words";

const MigrateDialog = lazy(() => import("./MigrateDialog"));

interface Props {
  readonly app: string;
  readonly name: string;
  readonly now: Workflow;
  readonly published: boolean;
  readonly words: FlowWords;
  readonly onTake: (workflow: Workflow) => void;
  readonly onClose: () => void;
}

export default function VersionsDialog({ app, name, now, published, words, onTake, onClose }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const versions = useVersions(app, name, published);
  const [moving, setMoving] = useState(false);
  const all = versions.data ?? [];
  const behind = all.slice(1).reduce((sum, version) => sum + version.running, 0);
  if (moving) return <Suspense fallback={null}><MigrateDialog app={app} name={name} onClose={() => setMoving(false)} /></Suspense>;
  return (
    <Dialog
      title={t("flow.versions.title")}
      className="wd-versions"
      onClose={onClose}
      footer={
        <>
          {behind > 0 ? <Button onClick={() => setMoving(true)}>{t("flow.migrate.open", { count: behind })}</Button> : null}
          <Button onClick={onClose}>{t("ui.close")}</Button>
        </>
      }
    >
      {published && versions.isPending ? <Skeleton lines={4} /> : null}
      {versions.isError ? <p role="alert" className="design-problem">{errorText(versions.error)}</p> : null}
      {!published || (versions.isSuccess && all.length === 0) ? <EmptyState icon={<IconHistory size={24} />} title={t("flow.versions.none")} /> : null}
      <ol>
        {all.map((version, index) => (
          <VersionRow key={version.number} version={version} before={all[index + 1]} now={now} words={words} onTake={(workflow) => {
            onTake(workflow);
            showToast({ text: t("flow.versions.taken", { version: version.number }) });
            onClose();
          }} />
        ))}
      </ol>
    </Dialog>
  );
}

function VersionRow({ version, before, now, words, onTake }: { readonly version: Version; readonly before: Version | undefined; readonly now: Workflow; readonly words: FlowWords; readonly onTake: (workflow: Workflow) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const body = version.definition;
  const same = isSame(differences(body, now));
  const { nodes, parts } = differences(before?.definition, body);
  const changes = [...nodes.map(({ key, change }) => `${t(`flow.change.${change}`)}: ${format.label(body.nodes?.[key]?.label ?? before?.definition.nodes?.[key]?.label) || words.node(key)}`), ...(parts.length > 0 ? [parts.map((part) => t(`flow.part.${part}`)).join(", ")] : [])];
  return (
    <li>
      <div>
        <strong>{t("flow.versions.number", { version: version.number })}</strong>
        {version.running ? <Tag color="blue">{t("flow.versions.running", { count: version.running })}</Tag> : null}
        <small className="muted">{[format.dateTime(version.published_at), version.by].filter(Boolean).join(" · ")}</small>
        {before ? <small>{changes.join(" · ")}</small> : null}
      </div>
      {same ? <span className="muted">{t("flow.versions.same")}</span> : <Button size="small" onClick={() => onTake(body)}>{t("flow.versions.take")}</Button>}
    </li>
  );
}
