/** Which rows of a long list are drawn: all have the same height, so it is arithmetic. */

/** A part of a list that scrolls: all in pixels. */
export interface Frame {
  readonly scrollTop: number;
  /** Height of what is seen, without the head that stays on top. */
  readonly height: number;
}

/** Drawn beyond what is seen, on either side, so that scrolling finds rows there. */
const OVERSCAN = 8;

/** The first and the last row to draw, last < first when there is none. */
export function rowWindow({ scrollTop, height }: Frame, rowHeight: number, count: number): readonly [first: number, last: number] {
  if (height <= 0) return [0, -1];
  const first = Math.floor(scrollTop / rowHeight) - OVERSCAN;
  const last = Math.ceil((scrollTop + height) / rowHeight) - 1 + OVERSCAN;
  return [Math.max(0, Math.min(first, count - 1)), Math.min(count - 1, last)];
}

/** Where to scroll to for a row to be seen whole; where it is already, if it is seen. */
export function revealedTop({ scrollTop, height }: Frame, rowHeight: number, row: number): number {
  const top = row * rowHeight;
  const bottom = top + rowHeight;
  if (top < scrollTop) return top;
  return bottom > scrollTop + height ? bottom - height : scrollTop;
}
