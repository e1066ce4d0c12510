/** For an app's administrator: every approval workflow of the app. */
import { differences, freeKey, isSame, likeness, nodesOf, problemsOf, startsIn, withMember, type Workflow } from "@/model/workflows";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { ask } from "@/ui/ask";
import { MenuButton } from "@/ui/MenuButton";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useTitle } from "@/ui/useTitle";
import { IconDots, IconPlus, IconSitemap } from "@tabler/icons-react";
import { Button } from "antd";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useChangeDraft, useDefinition, useDraft, type Draft, type DraftChange } from "../draft";
import { DraftBar } from "../publish/DraftBar";
import { useWorkflowFacts, type WorkflowFacts } from "./calls";
import { partOf, workflowsIn } from "./document";
import "../design.css";
import "./workflows.css";

const NewWorkflowDialog = lazy(() => import("./NewWorkflowDialog"));

export function WorkflowsPage() {
  const { app = "" } = useParams();
  const { t } = useTranslation();
  const draft = useDraft(app);
  useTitle(t("flow.title"));
  if (draft.isPending) return <Skeleton lines={8} />;
  if (draft.isError) return <ErrorView error={draft.error} onRetry={() => void draft.refetch()} />;
  return <Workflows app={app} draft={draft.data} />;
}

/** What makes a member of the draft's workflows another one; where there are none yet, the first. */
export function changeOf(draft: Draft, key: string, workflow: Workflow | null): DraftChange {
  const there = (draft.document as { workflows?: unknown }).workflows !== undefined;
  return there ? { path: `/workflows/${key}`, value: workflow as never } : { path: "/workflows", value: { [key]: workflow } as never };
}

function Workflows({ app, draft }: { readonly app: string; readonly draft: Draft }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const published = workflowsIn(useDefinition(app).data);
  const change = useChangeDraft(app);
  const facts = useWorkflowFacts(app).data;
  const [adding, setAdding] = useState(false);
  const all = workflowsIn(draft.document);
  const gone = Object.entries(published).filter(([key]) => !(key in all));
  const put = async (key: string, workflow: Workflow | null): Promise<void> => {
    await change.mutateAsync({ changes: [changeOf(draft, key, workflow)], revision: draft.revision });
  };
  const create = async (key: string, workflow: Workflow): Promise<void> => {
    await put(key, workflow);
    await navigate(`/a/${app}/design/workflows/${key}`);
  };
  const add = <Button type="primary" icon={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t("flow.new.open")}</Button>;
  return (
    <div className="design-page">
      <header className="design-header">
        <div>
          <h1>{t("flow.title")}</h1>
          <p className="muted">{t("flow.help")}</p>
        </div>
        {add}
      </header>
      <DraftBar app={app} draft={draft} />
      {change.isError && !adding ? <p role="alert" className="design-problem">{errorText(change.error)}</p> : null}
      {Object.keys(all).length + gone.length === 0 ? <EmptyState icon={<IconSitemap size={24} />} title={t("flow.empty")}>{t("flow.emptyHelp")}</EmptyState> : (
        <ul className="wd-list">
          {Object.entries(all).map(([key, workflow]) => <WorkflowRow key={key} app={app} name={key} workflow={workflow} draft={draft} published={published[key]} facts={facts?.[key]} onSwitch={() => void put(key, withMember(workflow, "enabled", workflow.enabled === false ? undefined : false)).catch(() => undefined)} onCopy={() => void create(freeKey({ ...all, ...published }, key), likeness(workflow)).catch(() => undefined)} onRemove={() => void put(key, null).catch(() => undefined)} />)}
          {gone.map(([key, workflow]) => <GoneRow key={key} workflow={workflow} name={key} onRestore={() => void put(key, workflow).catch(() => undefined)} />)}
        </ul>
      )}
      {adding ? (
        <Suspense fallback={null}>
          <NewWorkflowDialog document={draft.document} taken={[...Object.keys(all), ...Object.keys(published)]} saving={change.isPending} error={change.error} onCreate={(key, workflow) => void create(key, workflow).catch(() => undefined)} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

interface RowProps {
  readonly app: string;
  readonly name: string;
  readonly workflow: Workflow;
  readonly draft: Draft;
  readonly published: Workflow | undefined;
  readonly facts: WorkflowFacts | undefined;
  readonly onSwitch: () => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

function WorkflowRow({ app, name, workflow, draft, published, facts, onSwitch, onCopy, onRemove }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = format.label(workflow.label) || name;
  const form = format.label(draft.document.forms?.[workflow.form ?? ""]?.label) || workflow.form || "";
  const state = published === undefined ? "new" : isSame(differences(published, workflow)) ? null : "changed";
  const problems = problemsOf(workflow).length;
  const used = partOf(draft.document, name);
  const off = workflow.enabled === false;
  const remove = (): void => ask({ title: t("flow.remove.title", { name: label }), content: t(published ? "flow.remove.help" : "flow.remove.helpNew"), okText: t("flow.remove.run"), danger: true, onOk: onRemove });
  return (
    <li>
      <span className="wf-icon tone-blue" aria-hidden><IconSitemap size={18} /></span>
      <div className="wd-listname">
        <Link to={`/a/${app}/design/workflows/${name}`}>{label}</Link>
        <small className="muted">{[
          facts ? t(facts.published_by ? "flow.facts.published" : "flow.facts.publishedAlone", { moment: format.dateTime(facts.published_at), name: facts.published_by?.name ?? "" }) : "",
          used.length > 0 ? t("flow.facts.usedBy", { names: used.map((one) => format.label(one.label)).join(", ") }) : "",
        ].filter(Boolean).join(" · ")}</small>
        <small className="muted">{t("flow.row", { form, count: Object.keys(nodesOf(workflow)).length, starts: startsIn(workflow).map((on) => t(`flow.start.short.${on}`)).join(", ") })}</small>
      </div>
      <span className="wd-listtags">
        {facts && facts.running > 0 ? <Tag color="blue">{t("flow.facts.running", { count: facts.running })}</Tag> : null}
        <Tag color={off ? "gray" : "green"}>{t(off ? "flow.off" : "flow.on")}</Tag>
        {state ? <Tag color="amber">{t(`design.state.${state}`)}</Tag> : null}
        {problems > 0 ? <Tag color="red">{t("flow.problems.count", { count: problems })}</Tag> : null}
      </span>
      <MenuButton label={t("flow.menu", { name: label })} groups={[[{ key: "switch", label: t(off ? "flow.facts.switchOn" : "flow.facts.switchOff"), onSelect: onSwitch }, { key: "copy", label: t("flow.duplicate"), onSelect: onCopy }], [{ key: "remove", label: t("flow.remove.run"), danger: true, onSelect: remove }]]}><IconDots size={16} aria-hidden /></MenuButton>
    </li>
  );
}

function GoneRow({ workflow, name, onRestore }: { readonly workflow: Workflow; readonly name: string; readonly onRestore: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="gone">
      <span className="wf-icon tone-gray" aria-hidden><IconSitemap size={18} /></span>
      <div className="wd-listname"><span>{format.label(workflow.label) || name}</span><small className="muted">{t("flow.gone")}</small></div>
      <span className="wd-listtags" />
      <Button size="small" onClick={onRestore}>{t("flow.restore")}</Button>
    </li>
  );
}
