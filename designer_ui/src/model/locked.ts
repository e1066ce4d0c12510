/** What a running workflow keeps of a record, as the record's JSON says it in `$locked`. */
import type { Describe, Label, RecordJson } from "@/api";

export interface Locked {
  readonly workflow: Label;
  readonly fields: "all" | readonly string[];
  readonly people: readonly { readonly id: number; readonly name: string }[];
}

export function lockedOf(record: RecordJson): Locked | null {
  return (record["$locked"] as unknown as Locked | undefined) ?? null;
}

/** What waits for approval beside a record, as its JSON says it in `$waiting`. */
export interface Waiting {
  readonly workflow: Label;
  readonly by: { readonly id: number; readonly name: string } | null;
  readonly at: string;
  readonly fields: readonly string[];
}

export function waitingOf(record: RecordJson): Waiting | null {
  return (record["$waiting"] as unknown as Waiting | undefined) ?? null;
}

/** The form as it is for this record now: what a workflow keeps cannot be changed, nor the record deleted. */
export function describeHeld(describe: Describe, record: RecordJson): Describe {
  const locked = lockedOf(record);
  if (!locked) return describe;
  const kept = locked.fields === "all" ? null : new Set(locked.fields);
  if (!kept) return { ...describe, actions: describe.actions.filter((action) => action !== "edit" && action !== "delete") };
  const fields = Object.entries(describe.fields).map(([key, field]) => [key, kept.has(key) ? { ...field, read_only: true } : field] as const);
  return { ...describe, actions: describe.actions.filter((action) => action !== "delete"), fields: Object.fromEntries(fields) };
}
