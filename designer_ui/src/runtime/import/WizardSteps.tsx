/** Where in the wizard a person is. */
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const STEPS = ["file", "match", "check", "run"] as const;

export function WizardSteps({ current }: { current: number }) {
  const { t } = useTranslation();
  return (
    <ol className="import-steps" aria-label={t("import.steps")}>
      {STEPS.map((step, index) => (
        <li key={step} className={index < current ? "done" : index === current ? "now" : ""} aria-current={index === current ? "step" : undefined}>
          <span className="num">{index < current ? <IconCheck size={14} stroke={2.4} aria-hidden /> : index + 1}</span>
          {t(`import.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
