/** A job and its figures. */
import { fileAddress, get } from "@/api";
import { useQuery } from "@tanstack/react-query";
import { parseCsv } from "./csv";
import type { Job, Part, Reason } from "./types";

export const isOver = (job: Job): boolean => job.state === "done" || job.state === "failed" || job.state === "cancelled";

export const jobKey = (id: string) => ["job", id] as const;

/** Most jobs are short: asked for often at first, then less. */
const EVERY = 250;
const LATER = 1000;
const SOON = 20;

/** A job and its progress, asked for until it is over. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: jobKey(id ?? ""),
    queryFn: ({ signal }) => get<Job>(`/jobs/${encodeURIComponent(id ?? "")}`, undefined, signal),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) => {
      if (query.state.data && isOver(query.state.data)) return false;
      return query.state.dataUpdateCount < SOON ? EVERY : LATER;
    },
  });
}

export function countIn(job: Job, key: string): number {
  const value = job.summary?.[key];
  return typeof value === "number" ? value : 0;
}

/** The figures of each file, in the order they went in. */
export function partsOf(job: Job): readonly Part[] {
  const parts = job.summary?.parts;
  return Array.isArray(parts) ? (parts as unknown as Part[]) : [];
}

/** Why an undo left records as they are. */
export function reasonsOf(job: Job): readonly Pick<Reason, "code" | "message" | "count">[] {
  const reasons = job.summary?.reasons;
  return Array.isArray(reasons) ? (reasons as unknown as Reason[]) : [];
}

/** Records that would be, or were, made in other forms, by form. */
export function relatedIn(job: Job): readonly (readonly [string, number])[] {
  const related = job.summary?.related;
  if (related === null || typeof related !== "object" || Array.isArray(related)) return [];
  return Object.entries(related as Record<string, number>).filter(([, count]) => count > 0);
}

/** As much of the file of rows left out as is shown; the whole file is there to download. */
const SHOWN_BYTES = 64 * 1024;
const MOST_SHOWN = 51;

/** The head and the first rows of a file of rows that were left out. */
export function useFailures(file: number) {
  return useQuery({
    queryKey: ["import-failures", file],
    queryFn: ({ signal }) => readFailures(fileAddress(file), signal),
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
