/** The calls of the import, and of jobs. */
import { fileAddress, formPath, get, post, upload, type JsonObject } from "@/api";
import { useQuery } from "@tanstack/react-query";
import { parseCsv } from "./csv";

export interface ImportColumn {
  readonly name: string;
  readonly samples: readonly string[];
  readonly suggestion: string | null;
}

export interface ImportPreview {
  readonly file: { readonly id: number; readonly name: string };
  readonly format: "csv" | "xlsx";
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  readonly rows: number;
  readonly columns: readonly ImportColumn[];
  readonly warnings: readonly { readonly code?: string; readonly message: string }[];
}

/** How a file is read, where a person knows better than the guess. */
export interface Reading {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
}

export type Mode = "add" | "update" | "add_or_update";

export interface ImportOrder {
  readonly file: number;
  readonly mapping: Readonly<Record<string, string>>;
  readonly match: string | null;
  readonly mode: Mode;
  readonly dry_run: boolean;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheet: string | null;
}

export interface Job {
  readonly id: string | number;
  readonly kind: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly app: string | null;
  readonly form: string | null;
  readonly summary: JsonObject | null;
  readonly error: string | null;
  readonly file: { readonly id: number; readonly name: string } | null;
  readonly created_at: string;
  readonly finished_at: string | null;
}

/** Looks into a file; one that the server has already is named by its id and not sent again. */
export function previewImport(app: string, form: string, file: File | number, reading: Reading): Promise<ImportPreview> {
  const body = new FormData();
  if (typeof file === "number") body.append("file_id", String(file));
  else body.append("file", file);
  for (const [key, value] of Object.entries(reading)) if (value) body.append(key, value as string);
  return upload<ImportPreview>(formPath(app, form, "/import/preview"), body);
}

export function startImport(app: string, form: string, order: ImportOrder): Promise<Job> {
  return post<{ job: Job }>(formPath(app, form, "/import"), order).then((answer) => answer.job);
}

export const isOver = (job: Job): boolean => job.state === "done" || job.state === "failed" || job.state === "cancelled";

export const jobKey = (id: string) => ["job", id] as const;
const EVERY = 700;

/** A job and its progress, asked for until it is over. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: jobKey(id ?? ""),
    queryFn: ({ signal }) => get<Job>(`/jobs/${encodeURIComponent(id ?? "")}`, undefined, signal),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : EVERY),
  });
}

export function countIn(job: Job, key: string): number {
  const value = job.summary?.[key];
  return typeof value === "number" ? value : 0;
}

/** As much of the file of rows left out as is shown; the whole file is there to download. */
const SHOWN_BYTES = 64 * 1024;

/** The head and the first rows of the file of rows that were left out. */
export function useFailures(job: Job) {
  const id = job.file?.id;
  return useQuery({
    queryKey: ["job", String(job.id), "failures", id],
    queryFn: ({ signal }) => readFailures(fileAddress(id ?? 0), signal),
    enabled: id !== undefined && isOver(job),
    staleTime: Infinity,
  });
}

async function readFailures(address: string, signal: AbortSignal): Promise<readonly (readonly string[])[]> {
  const response = await fetch(address, { credentials: "same-origin", signal });
  if (!response.ok || !response.body) return [];
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parseCsv(text, MOST_SHOWN);
    text += decoder.decode(value, { stream: true });
    if (text.length < SHOWN_BYTES) continue;
    await reader.cancel();
    return parseCsv(text, MOST_SHOWN);
  }
}

const MOST_SHOWN = 51;
