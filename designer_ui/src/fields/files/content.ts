/** The content of files, fetched to be looked at. */
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@/api";
import { decodeText } from "@/model/fileKinds";

/** Bytes of a text that are looked at; the rest is left on the server. */
const MOST_TEXT = 1024 * 1024;

async function opened(address: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new ApiError(answer.status, "not_found", "");
  return answer;
}

/** At most `most` bytes of an answer, and whether there were more. */
async function beginning(answer: Response, most: number): Promise<{ readonly bytes: Uint8Array; readonly cut: boolean }> {
  const reader = answer.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (reader && size <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  await reader?.cancel();
  const bytes = new Uint8Array(Math.min(size, most));
  let place = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, bytes.length - place), place);
    place += Math.min(part.length, bytes.length - place);
  }
  return { bytes, cut: size > most };
}

export function useFileText(address: string) {
  return useQuery({
    queryKey: ["file-text", address],
    queryFn: async ({ signal }) => {
      const { bytes, cut } = await beginning(await opened(address, signal), MOST_TEXT);
      return { text: decodeText(bytes).replace(/^\ufeff/, ""), cut };
    },
    gcTime: 0,
  });
}

const PDF = "%PDF-";
/** Programs put something before it. */
const HEAD = 1024;

/** A PDF file as a blob whose type is set here, whatever its uploader called it; null when it is none. */
export function usePdf(address: string, enabled: boolean) {
  return useQuery({
    queryKey: ["file-pdf", address],
    queryFn: async ({ signal }) => {
      const content = await (await opened(address, signal)).arrayBuffer();
      const head = new TextDecoder("latin1").decode(content.slice(0, HEAD));
      return head.includes(PDF) ? new Blob([content], { type: "application/pdf" }) : null;
    },
    enabled,
    gcTime: 0,
  });
}
