import { create } from "zustand";

/** What the live region says to screen readers; a changing count makes equal messages speak again. */
export const useAnnouncement = create<{ readonly text: string; readonly count: number }>(() => ({ text: "", count: 0 }));

export function announce(text: string): void {
  useAnnouncement.setState(({ count }) => ({ text, count: count + 1 }));
}
