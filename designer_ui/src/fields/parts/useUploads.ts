import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile, type FileJson } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { announce } from "@/ui/announce";

export const LARGEST = 50 * 1024 * 1024;

/** A file on its way to the server. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  /** The part that has been sent, from 0 to 1. */
  readonly part: number;
  readonly cancel: () => void;
}

/** Files being sent, all at the same time, and what went wrong with those that were not. */
export function useUploads(onStored: (file: FileJson) => void) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const count = useRef(0);
  const running = useRef(new Set<AbortController>());
  useEffect(() => {
    const controllers = running.current;
    return () => controllers.forEach((controller) => controller.abort());
  }, []);

  const send = async (file: File): Promise<void> => {
    const key = ++count.current;
    const controller = new AbortController();
    running.current.add(controller);
    const onProgress = (part: number): void => setUploads((all) => all.map((one) => (one.key === key ? { ...one, part } : one)));
    setUploads((all) => [...all, { key, name: file.name, part: 0, cancel: () => controller.abort() }]);
    try {
      onStored(await uploadFile(file, { onProgress, signal: controller.signal }));
      announce(t("fields.file.added", { name: file.name }));
    } catch (error) {
      if (!controller.signal.aborted) setProblems((all) => [...all, `${file.name}: ${errorText(error)}`]);
    } finally {
      running.current.delete(controller);
      setUploads((all) => all.filter((one) => one.key !== key));
    }
  };

  /** Why a file cannot be taken; nothing when it can. */
  const refusal = (file: File, images: boolean): string => {
    if (file.size > LARGEST) return t("fields.file.tooBig", { name: file.name });
    return images && !file.type.startsWith("image/") ? t("fields.file.noImage", { name: file.name }) : "";
  };

  const take = (list: FileList, images: boolean): void => {
    const checked = [...list].map((file) => ({ file, problem: refusal(file, images) }));
    setProblems(checked.map(({ problem }) => problem).filter(Boolean));
    for (const { file, problem } of checked) if (!problem) void send(file);
  };

  return { uploads, problems, take };
}
