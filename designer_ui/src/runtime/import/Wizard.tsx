/** The import wizard: files, columns, unknown values, check, start. */
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { lazy, Suspense, useEffect, useRef } from "react";
import { DropZone } from "./DropZone";
import { Refusal } from "./Refusal";
import { useWizard, type Step } from "./useWizard";
import { WizardSteps, type ShownStep } from "./WizardSteps";

const loadStage = () => import("./Stage");
const Stage = lazy(async () => ({ default: (await loadStage()).Stage }));

interface Props {
  readonly app: string;
  /** Where a single file goes; null: each file's form is guessed. */
  readonly form: string | null;
  readonly onStarted: (job: string) => void;
}

const SHOWN: Readonly<Record<Step, ShownStep>> = { files: "match", values: "values", check: "check" };
const STEP: Readonly<Partial<Record<ShownStep, Step>>> = { match: "files", values: "values", check: "check" };

export function Wizard({ app, form, onStarted }: Props) {
  const started = useRef(false);
  const wizard = useWizard(app, form, (job) => {
    started.current = true;
    onStarted(job);
  });
  const { files, step, asked } = wizard;
  // Fetched while a person looks for the file.
  useEffect(() => void loadStage(), []);
  const none = files.entries.length === 0;
  const steps: readonly ShownStep[] = ["file", "match", ...(asked ? (["values"] as const) : []), "check", "run"];
  return (
    <>
      <LeaveGuard active={() => !none && !started.current} />
      <WizardSteps steps={steps} current={none ? "file" : SHOWN[step]} onStep={(shown) => wizard.go(STEP[shown] ?? "files")} />
      <div className="import-sheet">
        {none ? <DropZone onFiles={(chosen) => void files.add(chosen)} /> : <Suspense fallback={<Skeleton lines={6} />}><Stage wizard={wizard} /></Suspense>}
        <Refusal error={wizard.error} names={wizard.ready.map((entry) => entry.name)} />
      </div>
    </>
  );
}
