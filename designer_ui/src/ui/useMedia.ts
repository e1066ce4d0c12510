import { useSyncExternalStore } from "react";

/** Whether a media query holds now; follows changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Under 640 px: one column, big touch targets. */
export const usePhone = (): boolean => useMedia("(max-width: 639.98px)");

/** Under 960 px: the navigation becomes a drawer. */
export const useNarrow = (): boolean => useMedia("(max-width: 959.98px)");
