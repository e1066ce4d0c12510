/** The files of an import: each is looked into, gets a form and a plan, and can be read differently. */
import { ApiError, getDescribe, type Describe } from "@/api";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { previewFile } from "./calls";
import { firstPlan, type Plan } from "./plan";
import { inOrder } from "./sequence";
import type { FilePreview, Reading } from "./types";

/** Files of one import, and bytes of one file; the server takes no more. */
export const MOST_FILES = 20;
const MOST_BYTES = 50_000_000;

export interface Entry {
  readonly key: number;
  readonly name: string;
  readonly busy: boolean;
  readonly error: unknown;
  /** Missing until the file could be read. */
  readonly preview: FilePreview | null;
  /** Missing until it is known into which form it goes. */
  readonly describe: Describe | null;
  readonly plan: Plan | null;
}

/** A file that can be imported. */
export interface Ready extends Entry {
  readonly preview: FilePreview;
  readonly describe: Describe;
  readonly plan: Plan;
}

export const isReady = (entry: Entry): entry is Ready => entry.preview !== null && entry.describe !== null && entry.plan !== null;

/** How a file is looked into: its form, how it is read, and whether the choices of the last time are left out. */
interface Look {
  readonly form: string | null;
  readonly reading: Reading;
  readonly afresh?: boolean;
}

type Seen = Pick<Entry, "preview" | "describe" | "plan">;

async function lookInto(client: QueryClient, app: string, file: File | number, { form, reading, afresh = false }: Look): Promise<Seen> {
  const preview = await previewFile(app, file, form, reading);
  if (preview.form === null) return { preview, describe: null, plan: null };
  const describe = await getDescribe(client, app, preview.form);
  return { preview, describe, plan: firstPlan(preview, describe, afresh) };
}

/** Forms that the mapped relations of a file point at. */
function namesOf({ preview, plan }: Ready): readonly string[] {
  return Object.values(plan.mapping).flatMap((key) => preview.links[key]?.form ?? []);
}

/** The files that can be imported, what is named before what names it. */
export function sequenceOf(entries: readonly Entry[]): readonly Ready[] {
  return inOrder(entries.filter(isReady).map((entry) => ({ entry, form: entry.plan.form, names: namesOf(entry) }))).map(({ entry }) => entry);
}

let last = 0;

export function useFiles(app: string, form: string | null) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const put = (key: number, part: Partial<Entry>): void =>
    setEntries((before) => before.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
  const look = async (key: number, file: File | number, how: Look): Promise<void> => {
    put(key, { busy: true, error: null });
    try {
      // The server would break off the connection, which looks like no connection at all.
      if (file instanceof File && file.size > MOST_BYTES) throw new ApiError(413, "too_large", t("import.file.tooLarge"));
      put(key, { ...(await lookInto(client, app, file, how)), busy: false });
    } catch (error) {
      put(key, { error, busy: false });
    }
  };
  const sort = (): void =>
    setEntries((before) => {
      const ready = sequenceOf(before);
      return [...ready, ...before.filter((entry) => !isReady(entry))];
    });
  const add = async (files: readonly File[]): Promise<void> => {
    const taken = files.slice(0, MOST_FILES - entries.length).map((file) => ({ file, key: ++last }));
    const blank = { busy: true, error: null, preview: null, describe: null, plan: null };
    setEntries((before) => [...before, ...taken.map(({ file, key }) => ({ ...blank, key, name: file.name }))]);
    // A single file is meant for the form one came from; of several each has its own.
    const wanted = entries.length === 0 && taken.length === 1 ? form : null;
    await Promise.all(taken.map(({ file, key }) => look(key, file, { form: wanted, reading: {} })));
    sort();
  };
  const again = (entry: Entry, how: Look): void => {
    if (entry.preview) void look(entry.key, entry.preview.file.id, how);
  };
  return {
    entries,
    add,
    again,
    remove: (key: number): void => setEntries((before) => before.filter((entry) => entry.key !== key)),
    change: (key: number, plan: Plan): void => put(key, { plan }),
    changeAll: (plans: ReadonlyMap<number, Plan>): void =>
      setEntries((before) => before.map((entry) => ({ ...entry, plan: plans.get(entry.key) ?? entry.plan }))),
  };
}

export type Files = ReturnType<typeof useFiles>;
