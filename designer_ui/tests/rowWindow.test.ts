import { describe, expect, test } from "vitest";
import { revealedTop, rowWindow } from "../src/ui/rowWindow";

const ROW = 36;

/** Scrolled to, height of what is seen, rows of the list: first and last row drawn. */
const WINDOWS: readonly (readonly [number, number, number, number, number])[] = [
  [0, 360, 1000, 0, 17],
  [0, 360, 5, 0, 4], // shorter than what is seen
  [35, 360, 1000, 0, 18], // a part of a row counts
  [3600, 360, 1000, 92, 117],
  [3618, 360, 1000, 92, 118],
  [35_640, 360, 1000, 982, 999], // the end
  [35_640, 360, 10, 9, 9], // the list has become shorter and the browser has not moved yet
  [0, 0, 1000, 0, -1], // not laid out yet
  [0, -36, 1000, 0, -1], // no room below the head
  [0, 360, 0, 0, -1],
];

describe("rows that are drawn", () => {
  test.each(WINDOWS)("at %i with %i pixels of %i rows: %i to %i", (scrollTop, height, count, first, last) => {
    expect(rowWindow({ scrollTop, height }, ROW, count)).toEqual([first, last]);
  });
});

/** Scrolled to, row, scrolled to then; ten rows are seen. */
const REVEALED: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [0, 9, 0], // just seen
  [0, 10, 36],
  [0, 99, 3240],
  [720, 5, 180],
  [730, 20, 720], // cut off at the top
  [730, 30, 756], // cut off at the bottom
  [720, 25, 720],
];

describe("bringing a row into sight", () => {
  test.each(REVEALED)("from %i row %i scrolls to %i", (scrollTop, row, top) => {
    expect(revealedTop({ scrollTop, height: 360 }, ROW, row)).toBe(top);
  });
});
