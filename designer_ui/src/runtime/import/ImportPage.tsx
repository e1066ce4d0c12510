/** The import wizard: file, columns, check, and the import itself, whose job stands in the address. */
import { useDescribe, type Describe } from "@/api";
import { ErrorView, useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { IconArrowLeft } from "@tabler/icons-react";
import { showToast } from "@/ui/toast";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { previewImport, startImport, useJob, type ImportPreview, type Reading } from "./calls";
import { CheckStep } from "./CheckStep";
import { FileFacts } from "./FileFacts";
import { FileStep } from "./FileStep";
import { importableFields, matchKeys, suggestedMapping } from "./mapping";
import { RunningJob } from "./JobView";
import { MatchStep, type Choices } from "./MatchStep";
import { WizardSteps } from "./WizardSteps";
import "./import.css";

export function ImportPage() {
  const { app = "", form = "" } = useParams();
  const [parameters] = useSearchParams();
  const describe = useDescribe(app, form);
  if (describe.error) return <ErrorView error={describe.error} onRetry={() => void describe.refetch()} />;
  if (!describe.data) return <div className="import-page"><Skeleton /></div>;
  // "Import another file" starts from nothing.
  return <ImportWizard key={`${app}/${form}/${parameters.get("job") ?? ""}`} describe={describe.data} />;
}

function useFilePreview({ app, key: form }: Describe) {
  const [chosen, setChosen] = useState<ImportPreview | null>(null);
  const [reading, setReading] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = async (file: File | number, how: Reading): Promise<ImportPreview | null> => {
    setReading(typeof file === "number" ? "" : file.name);
    setError(null);
    try {
      const preview = await previewImport(app, form, file, how);
      setChosen(preview);
      return preview;
    } catch (problem) {
      setError(problem);
      return null;
    } finally {
      setReading(null);
    }
  };
  return { chosen, reading, error, read, forget: () => setChosen(null) };
}

function ImportWizard({ describe }: { describe: Describe }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [parameters, setParameters] = useSearchParams();
  const errorText = useErrorText();
  const { app, key: form } = describe;
  const files = useFilePreview(describe);
  const [choices, setChoices] = useState<Choices>({ mapping: {}, mode: "add", match: null });
  const [check, setCheck] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const job = useJob(check);
  const title = t("import.title", { name: format.label(describe.plural ?? describe.label) });
  useEffect(() => {
    document.title = title;
  }, [title]);
  const read = async (file: File | number, how: Reading): Promise<void> => {
    const preview = await files.read(file, how);
    if (preview) setChoices({ mapping: suggestedMapping(preview.columns, importableFields(describe)), mode: "add", match: null });
  };
  const start = async (dryRun: boolean): Promise<void> => {
    if (!files.chosen) return;
    const preview = files.chosen;
    const match = choices.mode === "add" ? null : (choices.match ?? matchKeys(describe, choices.mapping)[0] ?? null);
    setBusy(true);
    try {
      const started = await startImport(app, form, {
        file: preview.file.id,
        mapping: choices.mapping,
        match,
        mode: choices.mode,
        dry_run: dryRun,
        encoding: preview.encoding,
        delimiter: preview.delimiter,
        sheet: preview.sheet,
      });
      if (dryRun) setCheck(String(started.id));
      else setParameters({ job: String(started.id) });
    } catch (error) {
      showToast({ text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  const running = parameters.get("job");
  const step = running !== null ? 3 : files.chosen === null ? 0 : check === null ? 1 : 2;
  return (
    <div className="import-page">
      <Link className="import-back" to={`/a/${app}/${form}`}>
        <IconArrowLeft size={16} aria-hidden /> {t("import.back")}
      </Link>
      <h1>{title}</h1>
      <WizardSteps current={step} />
      <div className="import-sheet">
        {running !== null ? <RunningJob id={running} /> : null}
        {files.chosen && step < 3 ? (
          <FileFacts
            preview={files.chosen}
            busy={files.reading !== null || step === 2}
            onRead={(how) => files.chosen && void read(files.chosen.file.id, how)}
            onOther={() => {
              files.forget();
              setCheck(null);
            }}
          />
        ) : null}
        {step === 0 ? <FileStep reading={files.reading} error={files.error} onFile={(file) => void read(file, {})} /> : null}
        {files.chosen && files.error ? <p className="import-problem" role="alert">{errorText(files.error)}</p> : null}
        {files.chosen && step === 1 ? (
          <MatchStep
            describe={describe}
            preview={files.chosen}
            choices={choices}
            busy={busy}
            onChange={setChoices}
            onCheck={() => void start(true)}
          />
        ) : null}
        {step === 2 && job.data ? (
          <CheckStep job={job.data} starting={busy} onBack={() => setCheck(null)} onStart={() => void start(false)} />
        ) : null}
        {step === 2 && !job.data ? job.error ? <ErrorView part error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton lines={4} /> : null}
      </div>
    </div>
  );
}
