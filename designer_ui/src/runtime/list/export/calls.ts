/** Exports that a job writes, because there is much to write. */
import { API, get, post } from "@/api";
import { useQuery } from "@tanstack/react-query";

export interface ExportJob {
  readonly id: number;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly error: string | null;
}

export const isOver = (job: ExportJob): boolean => job.state !== "waiting" && job.state !== "running";

const EVERY = 700;

/** How far the job is, asked for until it is over. */
export function useExportJob(id: number) {
  return useQuery({
    queryKey: ["job", String(id)],
    queryFn: ({ signal }) => get<ExportJob>(`/jobs/${id}`, undefined, signal),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : EVERY),
  });
}

export const cancelExport = (id: number): Promise<unknown> => post(`/jobs/${id}/cancel`);

/** Where the finished file is. */
export const exportedFile = (id: number): string => `${API}/jobs/${id}/download`;
