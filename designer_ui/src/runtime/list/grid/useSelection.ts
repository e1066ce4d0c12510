/** Which records are selected. Only records that were loaded can be: their revisions are known. */
import type { RecordJson } from "@/api";
import { useCallback, useRef, useState } from "react";

export interface Selection {
  readonly records: ReadonlyMap<number, RecordJson>;
  readonly toggle: (record: RecordJson, range: boolean, order: readonly RecordJson[]) => void;
  readonly setAll: (records: readonly RecordJson[]) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const [records, setRecords] = useState<ReadonlyMap<number, RecordJson>>(new Map());
  const anchor = useRef<number | null>(null);
  const toggle = useCallback((record: RecordJson, range: boolean, order: readonly RecordJson[]) => {
    const from = order.findIndex((item) => item.id === anchor.current);
    const to = order.findIndex((item) => item.id === record.id);
    const between = range && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [record];
    anchor.current = record.id;
    setRecords((before) => {
      const after = new Map(before);
      const select = !before.has(record.id);
      for (const item of between) {
        if (select) after.set(item.id, item);
        else after.delete(item.id);
      }
      return after;
    });
  }, []);
  const setAll = useCallback((all: readonly RecordJson[]) => setRecords(new Map(all.map((record) => [record.id, record]))), []);
  const clear = useCallback(() => {
    anchor.current = null;
    setRecords((before) => (before.size === 0 ? before : new Map()));
  }, []);
  return { records, toggle, setAll, clear };
}
