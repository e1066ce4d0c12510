/** Calls for many records: as many as one call takes at a time, one call after the other. */
import { formPath, post, type ListQuery, type RecordJson } from "@/api";
import { queryRecords } from "./records";

/** The most records of one batch call. */
const CALL = 5000;
const PAGE = 1000;

/** The most records that are selected through the list's conditions. */
export const MOST_SELECTED = 20_000;

/** A call was refused after others had been done. */
export class Interrupted extends Error {
  constructor(
    /** How many records the calls before it have changed. */
    readonly done: number,
    /** The records of the refused call. */
    readonly records: readonly RecordJson[],
    readonly reason: unknown,
  ) {
    super("A batch call was refused.");
    this.name = "Interrupted";
  }
}

type Body = (records: readonly RecordJson[]) => object;

/** Sends all records; each call is done as a whole or not at all. What was done, to be undone. Throws Interrupted. */
export async function sendBatches(app: string, form: string, records: readonly RecordJson[], body: Body): Promise<readonly number[]> {
  const batches: number[] = [];
  for (let done = 0; done < records.length; done += CALL) {
    const part = records.slice(done, done + CALL);
    try {
      const { batch } = await post<{ batch: number | null }>(formPath(app, form, "/records/batch"), body(part));
      if (batch !== null) batches.push(batch);
    } catch (error) {
      throw new Interrupted(done, part, error);
    }
  }
  return batches;
}

/** Every record that a list's conditions match, with its revision and title. */
export async function allMatching(app: string, form: string, { filter, search, sort }: ListQuery): Promise<readonly RecordJson[]> {
  const records: RecordJson[] = [];
  let cursor: string | undefined;
  do {
    const page = await queryRecords(app, form, { filter, search, sort, fields: ["id"], limit: PAGE, cursor, count: "none" });
    records.push(...page.records);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && records.length < MOST_SELECTED);
  return records;
}
