/** Which lines are drawn, how wide the grid is, and how a cell is brought into sight. */
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Cell } from "@/model/cells";
import { revealedTop, rowWindow, type Frame } from "@/ui/rowWindow";
import { NUMBER_WIDTH, type LineColumn } from "./columns";

export const ROW_HEIGHT = 36;
export const HEAD_HEIGHT = 36;

interface Box extends Frame {
  readonly width: number;
}

export function useRows(count: number, activeRow: number, edges: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>({ scrollTop: 0, height: 0, width: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const read = (): Box => ({ scrollTop: element.scrollTop, height: element.clientHeight - edges, width: element.clientWidth });
    const key = (of: Box): string => `${rowWindow(of, ROW_HEIGHT, count).join()}|${of.width}`;
    const follow = (): void => {
      const next = read();
      // Pixels that bring no other line into sight are not worth drawing the grid anew.
      setBox((now) => (key(now) === key(next) ? now : next));
    };
    const scrolled = (): void => flushSync(follow);
    const observer = new ResizeObserver(follow);
    follow();
    observer.observe(element);
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", scrolled);
    };
  }, [count, edges]);
  const [first, last] = rowWindow(box, ROW_HEIGHT, count);
  const rows = useMemo(() => {
    const seen = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
    // The active line stays in the document: the active descendant points at it, and its input keeps what is typed.
    if (activeRow < 0 || activeRow >= count || (activeRow >= first && activeRow <= last)) return seen;
    return activeRow < first ? [activeRow, ...seen] : [...seen, activeRow];
  }, [first, last, activeRow, count]);
  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  const page = Math.max(1, Math.floor(box.height / ROW_HEIGHT) - 1);
  return { scroller, rows, width: box.width, page, focus };
}

/** Scrolls until a cell stands between the edges that stay in place. */
export function reveal(element: HTMLElement | null, columns: readonly LineColumn[], frozen: number, edges: number, { row, column }: Cell): void {
  if (!element) return;
  element.scrollTop = revealedTop({ scrollTop: element.scrollTop, height: element.clientHeight - edges }, ROW_HEIGHT, row);
  const target = columns[column];
  if (!target || column < frozen) return;
  const widthOf = (list: readonly LineColumn[]): number => list.reduce((sum, one) => sum + one.width, NUMBER_WIDTH);
  const left = widthOf(columns.slice(0, column));
  const held = widthOf(columns.slice(0, frozen));
  if (left - element.scrollLeft < held) element.scrollLeft = left - held;
  else if (left + target.width - element.scrollLeft > element.clientWidth) element.scrollLeft = left + target.width - element.clientWidth;
}
