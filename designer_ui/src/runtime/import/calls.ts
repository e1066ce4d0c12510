/** The calls of the import, and of jobs. */
import { formPath, get, post, upload, type JsonObject } from "@/api";
import { useQuery } from "@tanstack/react-query";

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

export interface JobProblem {
  readonly row?: number;
  readonly column?: string;
  readonly value?: string | null;
  readonly message: string;
}

export interface Job {
  readonly id: string | number;
  readonly kind: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly summary: (JsonObject & { readonly problems?: readonly JobProblem[] }) | null;
  readonly error: string | { readonly message?: string } | null;
  readonly file: { readonly id: number; readonly name: string } | null;
  readonly created_at: string;
  readonly finished_at: string | null;
}

export function previewImport(app: string, form: string, file: File, reading: Reading, signal?: AbortSignal): Promise<ImportPreview> {
  const body = new FormData();
  body.append("file", file);
  for (const [key, value] of Object.entries(reading)) if (value) body.append(key, value as string);
  return upload<ImportPreview>(formPath(app, form, "/import/preview"), body, signal);
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

export function errorOf(job: Job): string {
  return typeof job.error === "string" ? job.error : (job.error?.message ?? "");
}
