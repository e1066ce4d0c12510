import { address, upload } from "./http";
import type { FileJson } from "./types";

export function uploadFile(file: File, signal?: AbortSignal): Promise<FileJson> {
  const form = new FormData();
  form.append("file", file);
  return upload<FileJson>("/files", form, signal);
}

/** Where a file of a record can be fetched by somebody who may read that field. */
export function fileAddress(
  id: number,
  place?: { app: string; form: string; record?: number | undefined; field: string },
): string {
  return address(`/files/${id}`, place ? { ...place } : {});
}
