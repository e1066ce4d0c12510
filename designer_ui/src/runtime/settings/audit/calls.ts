import { useInfiniteQuery } from "@tanstack/react-query";
import { get } from "@/api";
import type { BilingualText } from "@/ui/format";

/** Entries that the log fetches at once. */
const PAGE = 50;

export interface AuditDetail {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Whether both are moments, which are shown in the reader's time zone. */
  readonly moment: boolean;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly label: BilingualText;
  readonly actor: { readonly id: number | null; readonly name: string };
  readonly address: string | null;
  /** What it is about, in words. */
  readonly about: string | null;
  /** What differs between before and after, in words. */
  readonly details: readonly AuditDetail[];
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next_cursor: string | null;
  readonly kinds: readonly { readonly key: string; readonly label: BilingualText }[];
}

export interface AuditFilter {
  readonly search: string;
  readonly kind: string | null;
  readonly actor: number | null;
  /** A moment; entries before it are left out. */
  readonly since: string | null;
}

function queryOf({ search, kind, actor, since }: AuditFilter) {
  return { ...(search ? { search } : {}), ...(kind ? { kind } : {}), ...(actor ? { actor } : {}), ...(since ? { since } : {}) };
}

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ["settings", "audit", filter],
    queryFn: ({ pageParam, signal }) => get<AuditPage>("/audit", { ...queryOf(filter), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
}

/** Where the browser fetches the entries as a file. */
export function exportAddress(filter: AuditFilter): string {
  const query = new URLSearchParams(Object.entries(queryOf(filter)).map(([name, value]) => [name, String(value)]));
  return `/api/v1/audit/export?${query.toString()}`;
}
