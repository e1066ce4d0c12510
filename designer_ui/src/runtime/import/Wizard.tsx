/** The import wizard: files, columns, unknown values, check, start. */
import { ErrorView } from "@/ui/ErrorView";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Skeleton } from "@/ui/Skeleton";
import { useRef } from "react";
import { CheckStep } from "./CheckStep";
import { DropZone } from "./DropZone";
import { FilesStep } from "./FilesStep";
import { Refusal } from "./Refusal";
import { useWizard, type Step } from "./useWizard";
import { ValuesStep } from "./ValuesStep";
import { WizardSteps, type ShownStep } from "./WizardSteps";

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
  const none = files.entries.length === 0;
  const steps: readonly ShownStep[] = ["file", "match", ...(asked ? (["values"] as const) : []), "check", "run"];
  return (
    <>
      <LeaveGuard active={() => !none && !started.current} />
      <WizardSteps steps={steps} current={none ? "file" : SHOWN[step]} onStep={(shown) => wizard.go(STEP[shown] ?? "files")} />
      <div className="import-sheet">
        {none ? <DropZone onFiles={(chosen) => void files.add(chosen)} /> : <Stage wizard={wizard} />}
        <Refusal error={wizard.error} names={wizard.ready.map((entry) => entry.name)} />
      </div>
    </>
  );
}

function Stage({ wizard }: { wizard: ReturnType<typeof useWizard> }) {
  const { files, ready, step, asked, job, busy } = wizard;
  if (step === "values" && asked) {
    const entries = asked.keys.flatMap((key) => ready.filter((entry) => entry.key === key));
    return (
      <ValuesStep entries={entries} unknown={asked.unknown} busy={busy} onChange={files.change} onBack={() => wizard.go("files")} onCheck={wizard.rehearse} />
    );
  }
  if (step !== "check") return <FilesStep files={files} busy={busy} onCheck={wizard.ask} />;
  if (job.data) {
    return (
      <CheckStep job={job.data} busy={busy} onBack={() => wizard.go(asked ? "values" : "files")} onDuplicates={wizard.withDuplicates} onStart={wizard.start} />
    );
  }
  return job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={4} />;
}
