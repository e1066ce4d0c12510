/** The report of an upgrade that is still to be done: conflicts with a choice, rights, changes, what stays, the data. */
import { ApiError } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toast";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Plan } from "../draft";
import { useUpgrade, type Choices, type Preview, type Wanted } from "./calls";
import { Changes } from "./Changes";
import { Conflicts } from "./Conflicts";

interface Props {
  readonly app: string;
  readonly preview: Preview;
  readonly wanted: Wanted;
  /** While another choice is worked out. */
  readonly busy: boolean;
  readonly onChoose: (choices: Choices) => void;
  readonly onDone: () => void;
  readonly onStale: () => void;
}

export function UpgradeOffer({ app, preview, wanted, busy, onChoose, onDone, onStale }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const upgrade = useUpgrade(app);
  const { report, plan, issues } = preview;
  const versions = { from: report.from_version ?? "?", to: report.to_version ?? "?" };
  const open = issues.length > 0 || report.taken_count > 0 || report.conflicts.length > 0 || versions.from !== versions.to;
  const run = (): void => {
    if (!plan) return;
    upgrade.mutate(
      { wanted, plan: plan.id },
      {
        onSuccess: () => {
          showToast({ text: t("upgrade.done", versions) });
          onDone();
        },
        // Somebody published meanwhile: the new report is shown, and looked at, first.
        onError: (error) => {
          if (error instanceof ApiError && error.status === 409) onStale();
        },
      },
    );
  };
  return (
    <>
      <div className={issues.length > 0 ? "draft-bar wrong" : "draft-bar"}>
        <p role="status">{t(!open ? "upgrade.none" : versions.from === versions.to ? "upgrade.again" : "upgrade.available", versions)}</p>
        {open ? <Button type="primary" disabled={!plan || busy} loading={upgrade.isPending} onClick={run}>{t("upgrade.run")}</Button> : null}
      </div>
      <p className="design-problem" role="alert">{upgrade.isError ? errorText(upgrade.error) : ""}</p>
      {issues.length > 0 ? (
        <section className="design-card" role="alert">
          <p>{t("upgrade.refused")}</p>
          <ul className="upgrade-list">
            {issues.map((issue, index) => <li key={index}><strong>{issue.path}</strong> <span className="design-problem">{issue.message}</span></li>)}
          </ul>
        </section>
      ) : null}
      {open ? <Conflicts conflicts={report.conflicts} choices={wanted.choices} onChoose={onChoose} /> : null}
      {report.rights.length > 0 ? <Changes name="rights" help={t("upgrade.rightsHelp")} changes={report.rights} count={report.rights.length} /> : null}
      {open ? <Changes name="taken" changes={report.taken} count={report.taken_count} /> : null}
      <Changes name="kept" changes={report.kept} count={report.kept_count} />
      {plan && open ? <Steps plan={plan} /> : null}
    </>
  );
}

function Steps({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  return (
    <section className="design-card" aria-labelledby="upgrade-steps">
      <h2 id="upgrade-steps">{t("upgrade.steps")}</h2>
      {plan.steps.length === 0 ? <p className="muted">{t("design.publish.noSteps")}</p> : null}
      <ul className="upgrade-list">
        {plan.steps.map((step, index) => (
          <li key={index}>
            <span>{t(`design.step.${step.kind}`, { form: step.form, field: step.field })}</span>
            {step.later || step.safety !== "safe" ? <Tag color={step.safety === "converts" && !step.later ? "amber" : "blue"}>{t(`design.safety.${step.later ? "later" : step.safety}`)}</Tag> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
