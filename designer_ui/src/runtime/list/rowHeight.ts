/** How tall rows are: each person's own choice, remembered by the browser. */
import { create } from "zustand";

export const ROW_HEIGHTS = { compact: 28, normal: 36, roomy: 48 } as const;
export type RowHeight = keyof typeof ROW_HEIGHTS;

const STORAGE = "joinery.rowHeight";

function stored(): RowHeight {
  try {
    const value = localStorage.getItem(STORAGE);
    return value !== null && value in ROW_HEIGHTS ? (value as RowHeight) : "normal";
  } catch {
    return "normal";
  }
}

export const useRowHeight = create<{ readonly height: RowHeight; readonly setHeight: (height: RowHeight) => void }>((set) => ({
  height: stored(),
  setHeight: (height) => {
    set({ height });
    try {
      localStorage.setItem(STORAGE, height);
    } catch {
      // Storage may be switched off: the choice then lasts as long as the page.
    }
  },
}));
