import { create } from "zustand";

export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** One short message at the foot of the page; a new one takes the place of the last. */
export const useToast = create<{ readonly toast: Toast | null; readonly count: number }>(() => ({ toast: null, count: 0 }));

export function showToast(toast: Toast): void {
  useToast.setState(({ count }) => ({ toast, count: count + 1 }));
}

export function hideToast(): void {
  useToast.setState({ toast: null });
}
