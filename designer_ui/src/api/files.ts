import { address, ApiError, headersOf, problemOf } from "./http";
import type { FileJson } from "./types";

interface Sending {
  /** Called with the part that has been sent, from 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

const PATH = "/files";

/** Sends one file. Not by fetch, which cannot tell how far it is. */
export function uploadFile(file: File, { onProgress, signal }: Sending): Promise<FileJson> {
  const call = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", file);
  return new Promise((resolve, reject) => {
    call.open("POST", address(PATH));
    for (const [name, value] of Object.entries(headersOf("POST"))) call.setRequestHeader(name, value);
    call.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    call.onload = () => {
      if (call.status === 201) resolve(JSON.parse(call.responseText) as FileJson);
      else reject(problemOf(call.status, call.responseText, PATH));
    };
    call.onerror = () => reject(new ApiError(0, "offline", ""));
    call.onabort = () => reject(new DOMException("", "AbortError"));
    signal.addEventListener("abort", () => call.abort());
    call.send(form);
  });
}

/** Where a file stands: in a field of a record (or of one that a task shows), or in a comment on it. */
export interface FilePlace {
  readonly app: string;
  readonly form: string;
  readonly record?: number | undefined;
  readonly field?: string;
  readonly comment?: number;
  readonly task?: number;
}

/** Where a file of a record can be fetched by somebody who may read it there; without a place, one's own upload. */
export function fileAddress(id: number, place?: FilePlace): string {
  return address(`${PATH}/${id}`, place ? { ...place } : {});
}
