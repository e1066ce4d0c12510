/** Which rows are drawn, and how a cell is brought into sight. */
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import { frozenWidth } from "./columns";
import { CHECK_WIDTH, HEADER_HEIGHT, HEADER_ROW, type Column, type GridItem, type Position } from "./types";

interface Sheet {
  readonly items: readonly GridItem[];
  readonly columns: readonly Column[];
  readonly activeRow: number;
  readonly rowHeight: number;
  readonly onEnd: (() => void) | undefined;
}

/** How many rows before the end the next page is asked for. */
const AHEAD = 25;

export function useGridScroll({ items, columns, activeRow, rowHeight, onEnd }: Sheet) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: HEADER_HEIGHT,
    // The active row stays in the document, or the active descendant would point at nothing.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), Math.max(0, activeRow)])].sort((a, b) => a - b).filter((row) => row < items.length),
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const shown = virtual.getVirtualItems();
  const lastShown = Math.max(-1, ...shown.filter((item) => item.index !== activeRow).map((item) => item.index));
  useEffect(() => {
    if (lastShown >= items.length - AHEAD) onEnd?.();
  }, [lastShown, items.length, onEnd]);
  const reveal = useCallback(
    ({ row, column }: Position) => {
      if (row !== HEADER_ROW) virtual.scrollToIndex(row, { align: "auto" });
      if (scroller.current) revealColumn(scroller.current, columns, column);
    },
    [columns, virtual],
  );
  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  /** Rows of one Page Down. */
  const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - HEADER_HEIGHT) / rowHeight) - 1);
  return { scroller, shown, height: virtual.getTotalSize(), reveal, focus, page };
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
