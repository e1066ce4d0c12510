import { IconBell, IconArrowBackUp, IconArrowForwardUp, IconCheck, IconClock, IconFlag, IconPlayerPlay, IconUserPlus, IconX, type Icon } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { WorkflowDiagram } from "@/catalogue/workflow";
import { ErrorBoundary } from "@/ui/ErrorBoundary";
import { Skeleton } from "@/ui/Skeleton";
import { useFormat } from "@/ui/format";
import { durationParts } from "@/model/duration";
import { SignatureMark } from "./signing";
import type { InstanceJson, InstanceStep } from "./types";

const ICONS: Readonly<Record<string, Icon>> = {
  started: IconPlayerPlay, decided: IconCheck, returned: IconArrowBackUp, reassigned: IconArrowForwardUp, added: IconUserPlus,
  timer: IconClock, urged: IconBell, ended: IconFlag, withdrawn: IconX, cancelled: IconX, skipped: IconArrowForwardUp,
};

/** Steps that say something to people; entering and leaving a step is drawn in the diagram. */
const TOLD: ReadonlySet<string> = new Set(["started", "decided", "returned", "reassigned", "added", "skipped", "urged", "asked", "answered", "withdrawn", "cancelled", "moved", "reactivated", "failed", "called", "told", "timer", "given_up", "escalated", "rescheduled", "ended", "stuck", "held"]);
/** Why something was decided without asking anybody. */
const RULES: ReadonlySet<string> = new Set(["initiator", "earlier", "adjacent", "deadline", "nobody"]);

/** How far a workflow is: who decided what, who has it now, who is expected next; as a list or as the diagram. */
export function Progress({ instance }: { instance: InstanceJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [drawn, setDrawn] = useState(false);
  return (
    <section className="card padded progress" aria-label={t("tasks.progress")}>
      <header>
        <h2>{t("tasks.progress")}</h2>
        <div className="progress-modes" role="group" aria-label={t("tasks.progress")}>
          <button type="button" aria-pressed={!drawn} onClick={() => setDrawn(false)}>{t("tasks.asList")}</button>
          <button type="button" aria-pressed={drawn} onClick={() => setDrawn(true)}>{t("tasks.asDiagram")}</button>
        </div>
      </header>
      {drawn ? (
        <ErrorBoundary resetKey={String(instance.id)}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <div className="progress-diagram"><WorkflowDiagram nodes={instance.nodes} edges={instance.edges} label={format.label(instance.label)} /></div>
          </Suspense>
        </ErrorBoundary>
      ) : <StepList instance={instance} />}
    </section>
  );
}

function StepList({ instance }: { instance: InstanceJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps = instance.steps.filter(({ event }) => TOLD.has(event));
  const current = instance.nodes.filter(({ state }) => state === "current");
  return (
    <ol className="progress-steps">
      {steps.map((step) => <Step key={step.number} step={step} />)}
      {current.map((node) => (
        <li key={`now-${node.key}`} className="now">
          <span className="mark" aria-hidden><IconClock size={14} /></span>
          <p>
            <strong>{format.label(node.label)}</strong>
            <span>{node.people.length ? t("tasks.waitingFor", { people: node.people.map(({ name }) => name).join(", ") }) : t("tasks.waiting")}</span>
            {node.entered_at ? <time className="muted" dateTime={node.entered_at} title={format.dateTime(node.entered_at)}>{format.relative(node.entered_at)}</time> : null}
          </p>
        </li>
      ))}
      {instance.ended_at === null
        ? instance.expected.map(({ node, label, people }) => (
            <li key={`next-${node}`} className="next">
              <span className="mark" aria-hidden />
              <p>
                <span>{format.label(label)}</span>
                <span className="muted">{people.length ? t("tasks.expected", { people: people.map(({ name }) => name).join(", ") }) : t("tasks.later")}</span>
              </p>
            </li>
          ))
        : null}
    </ol>
  );
}

function Step({ step }: { step: InstanceStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Shape = step.decision === "reject" ? IconX : (ICONS[step.event] ?? IconCheck);
  const took = step.duration_s ? durationParts(step.duration_s) : null;
  const what = step.decision_label ? format.label(step.decision_label) : t(`tasks.event.${step.event}`, { defaultValue: step.event });
  return (
    <li className={step.decision === "reject" || step.event === "returned" ? "bad" : ""}>
      <span className="mark" aria-hidden><Shape size={14} /></span>
      <p>
        {step.user ? <strong>{step.user.name}</strong> : step.rule === "deadline" ? <strong>{t("tasks.itself")}</strong> : null}
        <span>{what}{step.to ? ` → ${format.label(step.to)}` : ""}{step.people?.length ? ` → ${step.people.map(({ name }) => name).join(", ")}` : ""}</span>
        {step.label ? <span className="muted">{format.label(step.label)}</span> : null}
        {step.rule && RULES.has(step.rule) ? <span className="muted">{t(`tasks.rule.${step.rule}`)}</span> : null}
        <time className="muted num" dateTime={step.at} title={format.relative(step.at)}>{format.dateTime(step.at)}</time>
        {took ? <span className="muted num">{t(`tasks.took.${took.unit}`, { count: took.count })}</span> : null}
      </p>
      {step.comment ? <blockquote>{step.comment}</blockquote> : null}
      {step.signature ? <SignatureMark signature={step.signature} name={step.user?.name ?? ""} /> : null}
    </li>
  );
}
