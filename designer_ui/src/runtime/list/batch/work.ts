/** Work on very many records, done by a job: watched until it is over. */
import { get, post } from "@/api";

export interface Work<S> {
  readonly id: number;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number | null;
  readonly summary: S;
  readonly error: string | null;
}

/** The job stopped by itself; its message is for the person. */
export class WorkFailed extends Error {}

const EVERY = 700;

/** Starts the job and answers with it when it is over; `told` hears how far it is. Throws WorkFailed. */
export async function doneByJob<S>(path: string, body: object, told: (job: Work<S>) => void): Promise<Work<S>> {
  let { job } = await post<{ job: Work<S> }>(path, body);
  while (job.state === "waiting" || job.state === "running") {
    told(job);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    job = await get<Work<S>>(`/jobs/${job.id}`);
  }
  if (job.state === "failed") throw new WorkFailed(job.error ?? "");
  return job;
}

/** Stops a job; what it has done stays done. */
export const stopJob = (id: number): Promise<unknown> => post(`/jobs/${id}/cancel`);
