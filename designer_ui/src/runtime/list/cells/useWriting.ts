/** Writes many cells in one call that is done as a whole or not at all, and takes it back. */
import { ApiError, formPath, post, useRefreshRecords, type Describe, type Confirmed, type RecordJson } from "@/api";
import { sentValues } from "@/model/draft";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDuplicateQuestion } from "../../record/duplicates/useDuplicateQuestion";
import { useBatchUndo } from "../batch/useBatchUndo";
import type { Column, GridItem } from "../grid/types";
import { queryRecords, showRecords, useRefreshAround } from "../records";
import type { CellSaving } from "../saving";
import { refusedCells, without, type Refused } from "./refusals";
import { cellCount, changing, sheetRows, type Planned } from "./sheet";

/** Cells to be written, and what has to be told before. */
export interface Job extends Planned {
  /** Cells that cannot be written; the others wait until somebody has decided. */
  readonly refused?: readonly Refused[];
  readonly outside?: number;
  readonly rowsOutside?: number;
  readonly confirm?: Confirmed;
}

interface Sheet {
  readonly describe: Describe;
  readonly items: readonly GridItem[];
  readonly columns: readonly Column[];
  readonly saving: CellSaving;
}

/** The most records of one call. */
const MOST = 5000;
/** So many records are read anew one by one; with more of them the whole list is. */
const MOST_READ = 200;

const asksFirst = ({ refused = [], outside = 0, rowsOutside = 0 }: Job): boolean => refused.length > 0 || outside > 0 || rowsOutside > 0;

export function useWriting({ describe, items, columns, saving }: Sheet) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(describe.app);
  const client = useQueryClient();
  const refresh = useRefreshRecords();
  const { app, key: form } = describe;
  const refreshAround = useRefreshAround(app, form);
  const undoBatch = useBatchUndo(describe);
  const [question, setQuestion] = useState<Job | null>(null);
  /** The batches that were written here and can be taken back, the latest at the end. */
  const steps = useRef<number[]>([]);
  /** One batch after the other, each from the revisions that the one before it made. */
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef(items);
  useLayoutEffect(() => {
    latest.current = items;
  });

  const say = (text: string): void => {
    showToast({ text });
    announce(text);
  };

  const undo = (batch = steps.current.at(-1)): void => {
    if (batch === undefined) return announce(t("cells.nothingToUndo"));
    steps.current = steps.current.filter((step) => step !== batch);
    undoBatch(batch);
  };

  const show = async (ids: readonly number[]): Promise<void> => {
    if (ids.length > MOST_READ) return void (await refresh());
    const filter = ids.length === 1 ? `{id} = ${ids[0]}` : `OR(${ids.map((id) => `{id} = ${id}`).join(", ")})`;
    const { records } = await queryRecords(app, form, { filter, fields: columns.map(({ key }) => key), limit: MOST_READ, count: "none" });
    showRecords(client, app, form, records);
    refreshAround();
  };

  const refused = async (error: unknown, job: Job): Promise<void> => {
    if (asked(error, job.confirm, (confirm) => write({ ...job, confirm }))) return;
    const cells = refusedCells(error, job.writes);
    if (cells.length === 0) return say(errorText(error));
    setQuestion({ ...job, writes: without(job.writes, cells), refused: cells, outside: 0, rowsOutside: 0 });
    if (error instanceof ApiError && error.code === "stale_revision") await show(job.writes.map(({ record }) => record.id));
  };

  const send = async (job: Job): Promise<void> => {
    await saving.settled();
    const known = new Map(sheetRows(latest.current).map(({ record }) => [record.id, record]));
    const writes = changing(job.writes.map(({ record, values }) => ({ record: known.get(record.id) ?? record, values })), columns);
    const skipped = job.skipped.length > 0 ? t("cells.skipped", { fields: job.skipped.join(t("cells.between")) }) : "";
    const told = (text: string): string => [text, skipped].filter(Boolean).join(" ");
    if (writes.length === 0) return say(told(t("cells.nothing")));
    if (writes.length > MOST) return say(t("cells.tooMany", { most: format.number(MOST) }));
    if (writes.length > 1 && !describe.actions.includes("batch")) return say(t("cells.onlyOne"));
    // At once: what is filled or copied next is what stands there.
    showRecords(client, app, form, writes.map(({ record, values }) => ({ ...record, ...values })));
    try {
      const update = writes.map(({ record: { id, revision }, values }) => ({ id, revision, ...sentValues(values) }));
      const body = { update, confirm: job.confirm };
      const { batch, updated } = await post<{ batch: number | null; updated: RecordJson[] }>(formPath(app, form, "/records/batch"), body);
      showRecords(client, app, form, updated);
      const count = cellCount(writes);
      const text = told(t("cells.done", { count, shown: format.number(count) }));
      announce(text);
      if (batch === null) showToast({ text });
      else {
        steps.current = [...steps.current, batch];
        showToast({ text, action: { label: t("cells.undo"), run: () => undo(batch) } });
      }
      await show(writes.map(({ record }) => record.id)).catch(refresh);
    } catch (error) {
      showRecords(client, app, form, writes.map(({ record }) => record));
      await refused(error, { ...job, writes });
    }
  };

  /** Writes what can be written; when something cannot, it asks first. */
  const write = (job: Job): void => {
    if (asksFirst(job)) return setQuestion(job);
    queue.current = queue.current.then(() => send(job)).catch((error: unknown) => say(errorText(error)));
  };

  const answer = (others: boolean): void => {
    if (others && question) write({ ...question, refused: [], outside: 0, rowsOutside: 0 });
    else announce(t("cells.nothingDone"));
    setQuestion(null);
  };

  return { write, undo, question, answer };
}

