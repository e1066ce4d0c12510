import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { RecordJson } from "../../src/api";
import { moveCard } from "../../src/runtime/kanban/board";
import { showRecord, type RecordPages } from "../../src/runtime/list/records";

const record = (id: number): RecordJson => ({ id, revision: 1, title: `r${id}` });
const pages = (...lists: number[][]): RecordPages => ({
  pages: lists.map((ids) => ({ records: ids.map(record), next_cursor: null, count: null })),
  pageParams: lists.map(() => null),
});
const idsOf = (client: QueryClient, key: readonly unknown[]) =>
  client.getQueryData<RecordPages>(key)?.pages.map((page) => page.records.map((item) => item.id));

const FROM = ["form", "crm", "lead", "records", { filter: "a" }];
const TO = ["form", "crm", "lead", "records", { filter: "b" }];

test("a card moves to the top of the other column, and back as it was", () => {
  const client = new QueryClient();
  client.setQueryData(FROM, pages([1, 2], [3]));
  client.setQueryData(TO, pages([7], [8]));
  const back = moveCard(client, FROM, TO, record(3));
  expect(idsOf(client, FROM)).toEqual([[1, 2], []]);
  expect(idsOf(client, TO)).toEqual([[3, 7], [8]]);
  back();
  expect(idsOf(client, FROM)).toEqual([[1, 2], [3]]);
  expect(idsOf(client, TO)).toEqual([[7], [8]]);
});

test("moving into a column that is not loaded yet does not invent one", () => {
  const client = new QueryClient();
  client.setQueryData(FROM, pages([1]));
  moveCard(client, FROM, TO, record(1));
  expect(client.getQueryData(TO)).toBeUndefined();
});

test("a saved record shows in every loaded list that holds it, in pages and in single answers", () => {
  const client = new QueryClient();
  const single = ["form", "crm", "lead", "records", { limit: 50 }];
  client.setQueryData(FROM, pages([1, 2]));
  client.setQueryData(single, { records: [record(2)], next_cursor: null, count: null });
  showRecord(client, "crm", "lead", { ...record(2), title: "new" });
  expect(client.getQueryData<RecordPages>(FROM)?.pages[0]?.records[1]?.title).toBe("new");
  expect(client.getQueryData<{ records: RecordJson[] }>(single)?.records[0]?.title).toBe("new");
});
