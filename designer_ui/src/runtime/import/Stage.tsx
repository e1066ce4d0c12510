/** What stands on the sheet of the wizard once there are files. */
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { CheckStep } from "./CheckStep";
import { FilesStep } from "./FilesStep";
import type { useWizard } from "./useWizard";
import { ValuesStep } from "./ValuesStep";

export function Stage({ wizard }: { wizard: ReturnType<typeof useWizard> }) {
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
      <CheckStep job={job.data} busy={busy} onBack={() => wizard.go(asked ? "values" : "files")} onStop={wizard.stop} onDuplicates={wizard.withDuplicates} onStart={wizard.start} />
    );
  }
  return job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={4} />;
}
