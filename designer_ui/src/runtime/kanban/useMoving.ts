/** Moves a card to another column: shown at once, taken back when the server refuses. */
import type { Confirmed, Describe, RecordJson, Values, ViewJson } from "@/api";
import type { ListState } from "@/model/view";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/ui/toast";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { showRecord, useRefreshAround } from "../list/records";
import { useDuplicateQuestion } from "../record/duplicates/useDuplicateQuestion";
import { asksForOthers, currentOf, saveRecord, type Demand } from "../list/saving";
import { columnKey, columnQuery, moveCard, type BoardColumn } from "./board";

export type Move = (record: RecordJson, from: BoardColumn, to: BoardColumn) => void;

interface Pending {
  readonly demand: Demand;
  readonly from: BoardColumn;
  readonly to: BoardColumn;
}

export function useMoving(describe: Describe, view: ViewJson, state: ListState) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { app, key: form } = describe;
  const asked = useDuplicateQuestion(app);
  const refreshAround = useRefreshAround(app, form);
  const [pending, setPending] = useState<Pending | null>(null);
  /** The card that takes the focus where it turns up next. */
  const focusNext = useRef<number | null>(null);
  const field = view.group_by ?? "";
  const keyOf = (column: BoardColumn) => columnKey(describe, columnQuery(describe, view, state, column));

  const settled = (saved: RecordJson, to: BoardColumn): void => {
    showRecord(client, app, form, saved);
    refreshAround();
    announce(t("kanban.moved", { title: saved.title ?? `#${saved.id}`, column: to.label }));
  };

  const move = (record: RecordJson, from: BoardColumn, to: BoardColumn, confirm?: Confirmed): void => {
    if (from.key === to.key) return;
    const values: Values = { [field]: to.value };
    if (document.activeElement?.closest(`[data-card="${record.id}"]`)) focusNext.current = record.id;
    const back = moveCard(client, keyOf(from), keyOf(to), { ...record, ...values });
    saveRecord(app, form, record, values, confirm).then(
      (saved) => settled(saved, to),
      (error: unknown) => {
        back();
        if (asked(error, confirm, (anyway) => move(record, from, to, anyway))) return;
        if (asksForOthers(error, values)) return setPending({ demand: { record, values, issues: error.issues }, from, to });
        const conflict = currentOf(error);
        const text = conflict ? t("kanban.conflict", { title: record.title ?? `#${record.id}` }) : errorText(error);
        showToast({ text: text });
        announce(text);
        if (conflict) void client.invalidateQueries({ queryKey: ["form", app, form] });
      },
    );
  };

  const settle = (saved: RecordJson | null): void => {
    if (saved && pending) {
      moveCard(client, keyOf(pending.from), keyOf(pending.to), saved);
      settled(saved, pending.to);
    }
    setPending(null);
  };

  const begin: Move = (record, from, to) => move(record, from, to);
  return { move: begin, demand: pending?.demand ?? null, settle, focusNext };
}
