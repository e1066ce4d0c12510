/** Which rows are drawn, and how a cell is brought into sight. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { frozenWidth } from "./columns";
import { CHECK_WIDTH, HEADER_HEIGHT, HEADER_ROW, type Column, type Position } from "./types";
import { revealedTop, rowWindow, type Frame } from "@/ui/rowWindow";

interface Sheet {
  readonly items: readonly unknown[];
  readonly columns: readonly Column[];
  readonly activeRow: number;
  readonly rowHeight: number;
  readonly onEnd: (() => void) | undefined;
}

/** How many rows before the end the next page is asked for. */
const AHEAD = 25;

const frameOf = (box: HTMLElement): Frame => ({ scrollTop: box.scrollTop, height: box.clientHeight - HEADER_HEIGHT });

export function useGridScroll({ items, columns, activeRow, rowHeight, onEnd }: Sheet) {
  const scroller = useRef<HTMLDivElement>(null);
  const [first, last] = useRowWindow(scroller, rowHeight, items.length);
  const shown = useMemo(() => {
    const rows = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    // The active row stays in the document, or the active descendant would point at nothing.
    const active = Math.max(0, activeRow);
    if (active >= items.length || (active >= first && active <= last)) return rows;
    return active < first ? [active, ...rows] : [...rows, active];
  }, [first, last, activeRow, items.length]);
  useEffect(() => {
    if (last >= items.length - AHEAD) onEnd?.();
  }, [last, items.length, onEnd]);
  const reveal = useCallback(
    ({ row, column }: Position) => {
      const box = scroller.current;
      if (!box) return;
      if (row !== HEADER_ROW) box.scrollTop = revealedTop(frameOf(box), rowHeight, row);
      revealColumn(box, columns, column);
    },
    [columns, rowHeight],
  );
  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  /** Rows of one Page Down. */
  const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - HEADER_HEIGHT) / rowHeight) - 1);
  return { scroller, shown, height: items.length * rowHeight, reveal, focus, page };
}

/** The first and the last row to draw, as the grid is scrolled and changes its size. */
function useRowWindow(scroller: { readonly current: HTMLElement | null }, rowHeight: number, count: number): readonly [number, number] {
  const [frame, setFrame] = useState<Frame>({ scrollTop: 0, height: 0 });
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const rows = (of: Frame): string => rowWindow(of, rowHeight, count).join();
    const follow = (): void => {
      const next = frameOf(box);
      // Pixels that bring no other row into sight are not worth drawing the grid anew.
      setFrame((now) => (rows(now) === rows(next) ? now : next));
    };
    // At once, or what is scrolled to would be empty for the length of a frame.
    const scrolled = (): void => flushSync(follow);
    const observer = new ResizeObserver(follow);
    follow();
    observer.observe(box);
    box.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", scrolled);
    };
  }, [scroller, rowHeight, count]);
  return rowWindow(frame, rowHeight, count);
}

/** Scrolls sideways until a column stands beside the frozen ones. */
function revealColumn(box: HTMLElement, columns: readonly Column[], column: number): void {
  const target = columns[column - 1];
  if (!target || target.left !== null) return;
  const left = columns.slice(0, column - 1).reduce((sum, item) => sum + item.width, CHECK_WIDTH);
  const frozen = frozenWidth(columns);
  if (left - box.scrollLeft < frozen) box.scrollLeft = left - frozen;
  else if (left + target.width - box.scrollLeft > box.clientWidth) box.scrollLeft = left + target.width - box.clientWidth;
}
