/** Which records of a tree are open: remembered for this tab of the browser, so that coming back finds them so. */
import { useCallback, useState } from "react";

/** More open branches than this are not asked for again when somebody comes back. */
const MOST = 200;

export interface OpenBranches {
  readonly ids: ReadonlySet<number>;
  readonly set: (ids: readonly number[], open: boolean) => void;
}

const address = (name: string): string => `joinery.tree.${name}`;

function stored(name: string): ReadonlySet<number> {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(address(name)) ?? "[]");
    return new Set(Array.isArray(ids) ? ids.filter((id): id is number => Number.isInteger(id)) : []);
  } catch {
    return new Set();
  }
}

function store(name: string, ids: ReadonlySet<number>): void {
  try {
    sessionStorage.setItem(address(name), JSON.stringify([...ids].slice(-MOST)));
  } catch {
    // Storage may be switched off: the branches then stay open as long as the page.
  }
}

export function useOpenBranches(name: string): OpenBranches {
  const [ids, setIds] = useState(() => stored(name));
  const set = useCallback(
    (changed: readonly number[], open: boolean) =>
      setIds((before) => {
        const next = new Set(before);
        for (const id of changed) {
          next.delete(id);
          if (open) next.add(id);
        }
        store(name, next);
        return next;
      }),
    [name],
  );
  return { ids, set };
}
