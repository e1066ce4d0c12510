import { describe, expect, test } from "vitest";
import { moveBy, nextEditable } from "../../src/runtime/list/grid/keyboard";

const SIZE = { rows: 100, columns: 5, page: 10 };

/** Key, control, from (row, column), to (row, column). */
const MOVES: readonly (readonly [string, boolean, number, number, number, number])[] = [
  ["ArrowDown", false, 0, 1, 1, 1],
  ["ArrowDown", false, 99, 1, 99, 1],
  ["ArrowUp", false, 0, 1, -1, 1], // into the header
  ["ArrowUp", false, -1, 1, -1, 1],
  ["ArrowLeft", false, 3, 1, 3, 0], // onto the check box
  ["ArrowLeft", false, 3, 0, 3, 0],
  ["ArrowRight", false, 3, 5, 3, 5],
  ["Home", false, 3, 4, 3, 0],
  ["End", false, 3, 0, 3, 5],
  ["Home", true, 50, 4, 0, 0],
  ["End", true, 50, 0, 99, 5],
  ["PageDown", false, 0, 2, 10, 2],
  ["PageDown", false, 95, 2, 99, 2],
  ["PageUp", false, 5, 2, 0, 2], // never into the header
];

describe("keys", () => {
  test.each(MOVES)("%s (control %s) from %i/%i leads to %i/%i", (key, control, row, column, toRow, toColumn) => {
    expect(moveBy(key, control, { row, column }, SIZE)).toEqual({ row: toRow, column: toColumn });
  });
  test("other keys do not move", () => expect(moveBy("a", false, { row: 0, column: 1 }, SIZE)).toBeNull());
});

test("Tab goes from one editable cell to the next and stops at the end of the row", () => {
  const editable = [false, true, false, true];
  expect(nextEditable(editable, 2, 1)).toBe(4);
  expect(nextEditable(editable, 4, 1)).toBeNull();
  expect(nextEditable(editable, 4, -1)).toBe(2);
  expect(nextEditable(editable, 2, -1)).toBeNull();
});
