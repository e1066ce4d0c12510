/** Why a batch of cells was refused, cell by cell, and what is left without them. */
import { ApiError, type ApiIssue } from "@/api";
import type { Write } from "./sheet";

/** A cell that was not written, or with `field` null a whole record. */
export interface Refused {
  readonly id: number;
  readonly title: string;
  readonly field: string | null;
  readonly message: string;
}

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");

/** The places in a refusal ("/update/3/amount") as cells; empty when it is not about single records. */
export function refusedCells(error: unknown, writes: readonly Write[]): readonly Refused[] {
  if (!(error instanceof ApiError)) return [];
  return error.issues.flatMap((issue) => refusedCell(issue, writes));
}

function refusedCell({ path, message }: ApiIssue, writes: readonly Write[]): Refused[] {
  const [, part, place, field] = path.split("/");
  const write = part === "update" ? writes[Number(place)] : undefined;
  if (!write) return [];
  return [{ id: write.record.id, title: titleOf(write), field: field === undefined ? null : unescaped(field), message }];
}

export const titleOf = ({ record }: Pick<Write, "record">): string => record.title || `#${record.id}`;

/** The writes without the cells that were refused; a record refused for what is no cell of the paste is left out. */
export function without(writes: readonly Write[], refused: readonly Refused[]): readonly Write[] {
  return writes.flatMap(({ record, values }) => {
    const own = refused.filter(({ id }) => id === record.id);
    if (own.some(({ field }) => field === null || !(field in values))) return [];
    const rest = Object.entries(values).filter(([key]) => !own.some(({ field }) => field === key));
    return rest.length > 0 ? [{ record, values: Object.fromEntries(rest) }] : [];
  });
}
