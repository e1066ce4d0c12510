/** Where in the wizard a person is, and the way back. */
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export type ShownStep = "file" | "match" | "values" | "check" | "run";

interface Props {
  readonly steps: readonly ShownStep[];
  readonly current: ShownStep;
  /** Goes back to a step that is done; missing where nothing can be changed any more. */
  readonly onStep?: ((step: ShownStep) => void) | undefined;
}

export function WizardSteps({ steps, current, onStep }: Props) {
  const { t } = useTranslation();
  const now = steps.indexOf(current);
  return (
    <ol className="import-steps" aria-label={t("import.steps")}>
      {steps.map((step, index) => {
        const mark = <span className="num">{index < now ? <IconCheck size={14} stroke={2.4} aria-hidden /> : index + 1}</span>;
        const back = onStep && index < now && step !== "file";
        return (
          <li key={step} className={index < now ? "done" : index === now ? "now" : ""} aria-current={index === now ? "step" : undefined}>
            {back ? (
              <button type="button" onClick={() => onStep(step)}>{mark}{t(`import.step.${step}`)}</button>
            ) : (
              <>{mark}{t(`import.step.${step}`)}</>
            )}
          </li>
        );
      })}
    </ol>
  );
}
