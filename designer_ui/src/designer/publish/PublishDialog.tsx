/** What publishing will do, in words, before it is done; or what is wrong with the draft, place by place. */
import { ApiError, type ApiIssue } from "@/api";
import { type AppDocument, fieldOf, placeOf } from "@/model/design/formulas";
import { workflowPlaceOf } from "@/model/design/workflowPlace";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toast";
import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDefinition, usePreview, usePublish, type Draft, type Plan, type PlanChange, type PlanStep } from "../draft";
import { Broken } from "./Broken";
import { useWorkflowFacts } from "../workflows/calls";
import { useLabels, type Labels } from "./labels";

interface Props {
  readonly app: string;
  readonly draft: Draft;
  readonly onClose: () => void;
}

export default function PublishDialog({ app, draft, onClose }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const preview = usePreview(app, draft);
  const publish = usePublish(app);
  const [note, setNote] = useState("");
  const noteId = useId();
  const plan = preview.data?.plan ?? null;
  const run = (): void => {
    if (!plan) return;
    publish.mutate(
      { plan: plan.id, note },
      {
        onSuccess: ({ version }) => {
          showToast({ text: t("design.publish.done", { version }) });
          onClose();
        },
        // The plan has changed meanwhile: the new one is shown, and looked at, first.
        onError: (error) => {
          if (error instanceof ApiError && error.status === 409) void preview.refetch();
        },
      },
    );
  };
  return (
    <Dialog
      title={t("design.publish.title")}
      className="publish"
      onClose={publish.isPending ? undefined : onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={publish.isPending}>{t(plan ? "ui.cancel" : "ui.close")}</Button>
          {plan && plan.changes.length > 0 ? (
            <Button type="primary" autoFocus loading={publish.isPending} disabled={plan.broken.length > 0} onClick={run}>{t("design.publish.run")}</Button>
          ) : null}
        </>
      }
    >
      {preview.isPending ? <Skeleton lines={4} /> : null}
      {preview.isError ? <p className="design-problem" role="alert">{errorText(preview.error)}</p> : null}
      {plan ? <PlanView plan={plan} app={app} draft={draft.document} onGo={onClose} /> : null}
      {preview.data && !plan ? <Problems app={app} document={draft.document} issues={preview.data.issues} onGo={onClose} /> : null}
      {plan && plan.changes.length > 0 ? (
        <div className="publish-note">
          <label htmlFor={noteId}>{t("design.publish.note")}</label>
          <Input id={noteId} value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
        </div>
      ) : null}
      <p className="design-problem" role="alert">{publish.isError ? errorText(publish.error) : ""}</p>
    </Dialog>
  );
}

function PlanView({ plan, app, draft, onGo }: { plan: Plan; app: string; draft: AppDocument; onGo: () => void }) {
  const { t } = useTranslation();
  const published = useDefinition(app).data;
  const labels = useLabels(draft, published);
  const facts = useWorkflowFacts(app).data;
  const running = ({ kind, workflow = "" }: PlanChange): number => (kind === "workflow_changed" || kind === "workflow_removed" ? (facts?.[workflow]?.running ?? 0) : 0);
  if (plan.changes.length === 0) return <p>{t("design.publish.nothing")}</p>;
  const words = (change: PlanChange): string =>
    t(`design.change.${change.kind}`, {
      form: labels.form(change.form),
      field: change.field ? labels.field(change.form, change.field) : "",
      workflow: change.workflow ? labels.workflow(change.workflow) : "",
    });
  return (
    <>
      <Broken app={app} published={published} broken={plan.broken} labels={labels} onGo={onGo} />
      <h3>{t("design.publish.changes")}</h3>
      <ul className="publish-list">
        {plan.changes.map((change, index) => <li key={index}>{words(change)}{running(change) > 0 ? <Tag color="blue">{t("design.publish.running", { count: running(change) })}</Tag> : null}</li>)}
      </ul>
      <h3>{t("design.publish.steps")}</h3>
      {plan.steps.length === 0 ? <p className="muted">{t("design.publish.noSteps")}</p> : null}
      <ul className="publish-list">{plan.steps.map((step, index) => <Step key={index} step={step} labels={labels} />)}</ul>
    </>
  );
}

function Step({ step, labels }: { step: PlanStep; labels: Labels }) {
  const { t } = useTranslation();
  const tag = step.later ? "later" : step.safety === "safe" ? null : step.safety;
  return (
    <li>
      <span>{t(`design.step.${step.kind}`, { form: labels.form(step.form), field: step.field ? labels.field(step.form, step.field) : "" })}</span>
      {tag ? <Tag color={tag === "converts" ? "amber" : "blue"}>{t(`design.safety.${tag}`)}</Tag> : null}
    </li>
  );
}

function Problems({ app, document, issues, onGo }: { app: string; document: AppDocument; issues: readonly ApiIssue[]; onGo: () => void }) {
  const { t } = useTranslation();
  const labels = useLabels(document, useDefinition(app).data);
  return (
    <>
      <p>{t("design.publish.refused")}</p>
      <ul className="publish-list">
        {issues.map((issue, index) => {
          const place = placeOf(issue.path);
          const workflow = workflowPlaceOf(issue.path);
          const name = workflow ? labels.workflow(workflow.key) : place ? [labels.form(place.form), ...(place.field ? [labels.field(place.form, place.field)] : [])].join(" › ") : issue.path;
          const editable = place?.field && fieldOf(document, place.form, place.field)?.type === "formula";
          return (
            <li key={index} className="publish-problem">
              {workflow ? <Link to={`/a/${app}/design/workflows/${workflow.key}${workflow.query}`} onClick={onGo}>{name}</Link> : editable ? <Link to={`/a/${app}/design/formulas/${place.form}/${place.field}`} onClick={onGo}>{name}</Link> : <strong>{name}</strong>}
              <span className="design-problem">{issue.message}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
