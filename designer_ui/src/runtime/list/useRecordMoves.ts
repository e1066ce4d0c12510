/** Changes that somebody makes by moving a record on the screen: shown at once, taken back when refused, undone on request. */
import { ApiError, type Confirmed, type Describe, type RecordJson, type Values } from "@/api";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDuplicateQuestion } from "../record/duplicates/useDuplicateQuestion";
import { asksForOthers, currentOf, saveRecord, type Demand } from "./saving";

export interface RecordMove {
  readonly record: RecordJson;
  readonly values: Values;
  /** What is set again when the move is undone. */
  readonly before: Values;
  /** The record as it is drawn until the server has answered; without it nothing is shown before. */
  readonly shown?: RecordJson;
  /** What to say when it is done. */
  readonly said: string;
}

/**
 * `show` draws a record as it is now, `around` asks again for what a move has changed elsewhere (everything, when it
 * is missing). One record's moves go one after the other, each from the revision the last one made.
 */
export function useRecordMoves(describe: Describe, show: (record: RecordJson) => void, around?: (move: RecordMove) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { app, key: form } = describe;
  const asked = useDuplicateQuestion(app);
  const queues = useRef(new Map<number, Promise<RecordJson>>());
  const [pending, setPending] = useState<{ readonly demand: Demand; readonly move: RecordMove } | null>(null);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ["form"] });

  const done = (saved: RecordJson, move: RecordMove): void => {
    queues.current.set(saved.id, Promise.resolve(saved));
    show(saved);
    if (around) around(move);
    else refresh();
    announce(move.said);
    showToast({ text: move.said, action: { label: t("list.move.undo"), run: () => undo(saved, move) } });
  };

  const refused = (error: unknown, record: RecordJson): void => {
    const current = currentOf(error);
    show(current ?? record);
    const text = current ? t("list.move.conflict", { title: titleOf(record) }) : reasonsOf(error) || errorText(error);
    showToast({ text });
    announce(text);
    if (current) refresh();
  };

  const undo = (record: RecordJson, move: RecordMove): void => {
    const { before, shown } = move;
    if (shown) show({ ...record, ...before });
    // What stood there before may stand there again, whatever it is like.
    saveRecord(app, form, record, before, "duplicates").then(
      (saved) => {
        queues.current.set(saved.id, Promise.resolve(saved));
        show(saved);
        if (around) around(move);
        else refresh();
        announce(t("list.move.undone", { title: titleOf(saved) }));
      },
      (error: unknown) => refused(error, record),
    );
  };

  const move = (wanted: RecordMove, confirm?: Confirmed): void => {
    const { record, values } = wanted;
    if (wanted.shown) show(wanted.shown);
    const job = (queues.current.get(record.id) ?? Promise.resolve(record)).then(async (latest) => {
      const base = latest.revision > record.revision ? latest : record;
      try {
        const saved = await saveRecord(app, form, base, values, confirm);
        done(saved, wanted);
        return saved;
      } catch (error) {
        if (asked(error, confirm, (anyway) => move(wanted, anyway))) show(base);
        else if (asksForOthers(error, values)) {
          show(base);
          setPending({ demand: { record: base, values, issues: error.issues }, move: wanted });
        } else refused(error, base);
        return currentOf(error) ?? base;
      }
    });
    queues.current.set(record.id, job);
  };

  const settle = (saved: RecordJson | null): void => {
    if (saved && pending) done(saved, pending.move);
    setPending(null);
  };

  return { move: (wanted: RecordMove) => move(wanted), demand: pending?.demand ?? null, settle };
}

const titleOf = (record: RecordJson): string => record.title || `#${record.id}`;

/** What is wrong with the values themselves; the error as a whole says only that something is. */
const reasonsOf = (error: unknown): string => (error instanceof ApiError ? error.issues.map((issue) => issue.message).join(" ") : "");
