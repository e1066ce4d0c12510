/** The calls of the import. */
import { get, post, upload } from "@/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { FilePreview, ImportFile, Job, PastImport, Reading, UnknownFiles } from "./types";

const path = (app: string, rest: string): string => `/apps/${encodeURIComponent(app)}${rest}`;

/** Looks into a file; one that the server has already is named by its id and not sent again. */
export function previewFile(app: string, file: File | number, form: string | null, reading: Reading): Promise<FilePreview> {
  const body = new FormData();
  if (typeof file === "number") body.append("file_id", String(file));
  else body.append("file", file);
  if (form !== null) body.append("form", form);
  for (const [key, value] of Object.entries(reading)) if (value) body.append(key, value as string);
  return upload<FilePreview>(path(app, "/import/preview"), body);
}

export function findUnknown(app: string, files: readonly ImportFile[]): Promise<UnknownFiles> {
  return post<{ files: UnknownFiles }>(path(app, "/import/unknown"), { files }).then((answer) => answer.files);
}

/** A dry run, or the import itself, whose choices are kept for the next files of this kind. */
export function startImports(app: string, files: readonly ImportFile[], dryRun: boolean): Promise<Job> {
  const body = { files, dry_run: dryRun, remember: !dryRun };
  return post<{ job: Job }>(path(app, "/import"), body).then((answer) => answer.job);
}

export function undoImport(job: number | string): Promise<Job> {
  return post<{ job: Job }>(`/jobs/${encodeURIComponent(job)}/undo`).then((answer) => answer.job);
}

export const importsKey = (app: string) => ["imports", app] as const;

interface ImportsPage {
  readonly imports: readonly PastImport[];
  readonly next_cursor: number | null;
}

/** The imports of an app, the newest first; asked for again while one of them is running. */
export function useImports(app: string, form: string | null) {
  return useInfiniteQuery({
    queryKey: [...importsKey(app), form] as const,
    queryFn: ({ pageParam, signal }) => get<ImportsPage>(path(app, "/imports"), { cursor: pageParam, form }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.imports.some(isBusy)) ? EVERY : false),
  });
}

const EVERY = 1500;
const BUSY = new Set(["waiting", "running"]);

const isBusy = (one: PastImport): boolean => BUSY.has(one.state) || (one.undo !== null && BUSY.has(one.undo.state));
