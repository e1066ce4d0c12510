/** The steps of an import: files and columns, unknown values, dry run, and the start of the job. */
import { post } from "@/api";
import { useRef, useState } from "react";
import { findUnknown, startImports } from "./calls";
import { useJob } from "./job";
import { orderOf, type Plan } from "./plan";
import { namesOf, questionsOf } from "./questions";
import type { ImportFile, UnknownFiles } from "./types";
import { sequenceOf, useFiles, type Ready } from "./useFiles";

export type Step = "files" | "values" | "check";

/** Questions, and the files they are about in the order they were asked. */
interface Asked {
  readonly keys: readonly number[];
  readonly unknown: UnknownFiles;
}

const ordersOf = (ready: readonly Ready[]): readonly ImportFile[] => ready.map(({ preview, plan, describe }) => orderOf(preview, plan, describe));

export function useWizard(app: string, form: string | null, onStarted: (job: string) => void) {
  const files = useFiles(app, form);
  const [step, setStep] = useState<Step>("files");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [check, setCheck] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const shown = useRef(new Set<string>());
  const ready = sequenceOf(files.entries);
  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const rehearse = async (plans?: ReadonlyMap<number, Plan>): Promise<void> => {
    const planned = ready.map((entry) => ({ ...entry, plan: plans?.get(entry.key) ?? entry.plan }));
    const job = await startImports(app, ordersOf(planned), true);
    setCheck(String(job.id));
    setStep("check");
  };
  const ask = async (): Promise<void> => {
    const { unknown, plans, open } = questionsOf(ready, await findUnknown(app, ordersOf(ready)), shown.current);
    const some = unknown.some((file) => file.columns.length > 0);
    setAsked(some ? { keys: ready.map((entry) => entry.key), unknown } : null);
    if (!open) return rehearse();
    for (const name of namesOf(ready, unknown)) shown.current.add(name);
    files.changeAll(plans);
    setStep("values");
  };
  const start = async (): Promise<void> => {
    const job = await startImports(app, ordersOf(ready), false);
    onStarted(String(job.id));
  };
  const stop = async (): Promise<void> => {
    setStep(asked ? "values" : "files");
    if (check !== null) await post(`/jobs/${encodeURIComponent(check)}/cancel`);
  };
  const withDuplicates = async (): Promise<void> => {
    const plans = new Map(ready.map((entry) => [entry.key, { ...entry.plan, duplicates: true }]));
    files.changeAll(plans);
    await rehearse(plans);
  };
  return {
    files,
    ready,
    step,
    asked,
    job: useJob(step === "check" ? check : null),
    busy,
    error,
    go: (to: Step): void => {
      setError(null);
      setStep(to);
    },
    stop: () => void working(stop),
    ask: () => void working(ask),
    rehearse: () => void working(() => rehearse()),
    start: () => void working(start),
    withDuplicates: () => void working(withDuplicates),
  };
}
