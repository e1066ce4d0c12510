/** Saves one changed value of a record: shown at once, taken back when the server refuses. */
import { ApiError, formPath, request, type ApiIssue, type Confirmed, type Json, type RecordJson, type Values } from "@/api";
import { announce } from "@/ui/announce";
import { useErrorText } from "@/ui/ErrorView";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDuplicateQuestion } from "../record/duplicates/useDuplicateQuestion";
import { showRecord, useRefreshAround } from "./records";

export type CellState =
  | { readonly kind: "saving" }
  | { readonly kind: "refused"; readonly message: string; readonly submitted: Json }
  /** Somebody else saved the record in between. */
  | { readonly kind: "conflict"; readonly submitted: Json; readonly current: RecordJson };

/** A save that needs values of other fields as well, for instance the reason of a loss. */
export interface Demand {
  readonly record: RecordJson;
  readonly values: Values;
  readonly issues: readonly ApiIssue[];
}

/** The saves of a grid's cells; the same object until something of it changes. */
export interface CellSaving {
  readonly states: ReadonlyMap<string, CellState>;
  readonly save: (record: RecordJson, field: string, value: Json) => void;
  readonly discard: (key: string) => void;
  /** Waits until no save is on its way. */
  readonly settled: () => Promise<unknown>;
}

export const cellKey = (id: number, field: string): string => `${id}/${field}`;

export function saveRecord(app: string, form: string, record: RecordJson, values: Values, confirm?: Confirmed): Promise<RecordJson> {
  return request<RecordJson>(formPath(app, form, `/records/${record.id}`), { method: "PATCH", query: { confirm }, body: { revision: record.revision, ...values } });
}

const fieldOfIssue = (issue: ApiIssue): string => issue.path.split("/")[1] ?? "";

/** Whether the refusal is about fields that were not part of the save. */
export function asksForOthers(error: unknown, values: Values): error is ApiError {
  return (
    error instanceof ApiError &&
    error.status === 422 &&
    error.issues.length > 0 &&
    error.issues.every((issue) => fieldOfIssue(issue) !== "" && !(fieldOfIssue(issue) in values))
  );
}

export function currentOf(error: unknown): RecordJson | null {
  if (!(error instanceof ApiError) || error.code !== "stale_revision") return null;
  const current = error.details["current"] ?? (error.details["details"] as { current?: unknown } | undefined)?.current;
  return typeof current === "object" && current !== null && "id" in current ? (current as RecordJson) : null;
}

export function useCellSaving(app: string, form: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const errorText = useErrorText();
  const asked = useDuplicateQuestion(app);
  const refreshAround = useRefreshAround(app, form);
  const [states, setStates] = useState<ReadonlyMap<string, CellState>>(new Map());
  const [demand, setDemand] = useState<Demand | null>(null);
  /** Saves of one record go one after the other, each with the revision the one before it made. */
  const queues = useRef(new Map<number, Promise<RecordJson>>());

  const mark = useCallback((key: string, state: CellState | null) => {
    setStates((before) => {
      const after = new Map(before);
      if (state) after.set(key, state);
      else after.delete(key);
      return after;
    });
  }, []);

  const latest = useRef<{ save: (record: RecordJson, field: string, value: Json, confirm?: Confirmed) => void }>({ save: () => undefined });

  const refused = (error: unknown, before: RecordJson, field: string, value: Json, confirm: Confirmed): void => {
    const key = cellKey(before.id, field);
    const current = currentOf(error);
    showRecord(client, app, form, current ?? before);
    if (asked(error, confirm, (anyway) => latest.current.save(before, field, value, anyway))) return mark(key, null);
    if (asksForOthers(error, { [field]: value })) {
      mark(key, null);
      setDemand({ record: before, values: { [field]: value }, issues: error.issues });
      return;
    }
    const issue = error instanceof ApiError ? error.issues.find((item) => fieldOfIssue(item) === field) : undefined;
    const message = issue?.message ?? errorText(error);
    mark(key, current ? { kind: "conflict", submitted: value, current } : { kind: "refused", message, submitted: value });
    announce(current ? t("list.cell.conflict") : message);
  };

  const save = (record: RecordJson, field: string, value: Json, confirm?: Confirmed): void => {
    const key = cellKey(record.id, field);
    showRecord(client, app, form, { ...record, [field]: value });
    mark(key, { kind: "saving" });
    const before = queues.current.get(record.id) ?? Promise.resolve(record);
    const job = before.then(async (latest) => {
      const base = latest.revision > record.revision ? latest : record;
      try {
        const saved = await saveRecord(app, form, base, { [field]: value }, confirm);
        showRecord(client, app, form, saved);
        mark(key, null);
        announce(t("list.cell.saved"));
        refreshAround();
        return saved;
      } catch (error) {
        refused(error, base, field, value, confirm);
        return currentOf(error) ?? base;
      }
    });
    queues.current.set(record.id, job);
  };

  useLayoutEffect(() => {
    latest.current = { save };
  });

  const settle = (saved: RecordJson | null): void => {
    setDemand(null);
    if (!saved) return;
    queues.current.set(saved.id, Promise.resolve(saved));
    showRecord(client, app, form, saved);
    refreshAround();
    announce(t("list.cell.saved"));
  };

  const cells = useMemo<CellSaving>(
    () => ({
      states,
      save: (record, field, value) => latest.current.save(record, field, value),
      discard: (key) => mark(key, null),
      settled: () => Promise.all(queues.current.values()),
    }),
    [states, mark],
  );
  return { cells, demand, settle };
}
