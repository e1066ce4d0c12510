import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, put, remove } from "@/api";
import type { Signature } from "@/model/signature";

interface Kept {
  readonly signature: Signature | null;
}

const KEPT = ["me", "signature"];

/** The signature that one has asked to keep; null when there is none. */
export function useKeptSignature() {
  return useQuery({ queryKey: KEPT, queryFn: ({ signal }) => get<Kept>("/me/signature", undefined, signal).then(({ signature }) => signature) });
}

/** Keeps a signature for the next time, or with null no longer. */
export function useKeepSignature() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (signature: Signature | null): Promise<unknown> => (signature ? put<Kept>("/me/signature", { signature }) : remove("/me/signature")),
    onSettled: () => client.invalidateQueries({ queryKey: KEPT }),
  });
}
