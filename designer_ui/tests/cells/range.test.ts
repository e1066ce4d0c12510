import { describe, expect, test } from "vitest";
import { NUMBER_COLUMN, at, heldIn, holds, isSeveral, movedBy, rangeOf, stepTo, type Cell, type Press } from "@/model/cells";

const SIZE = { rows: 20, columns: 4, page: 8 };
const press = (key: string, more: Partial<Press> = {}): Press => ({ key, control: false, shift: false, ...more });
const control = { control: true };

describe("keys move the active cell", () => {
  test.each<[string, Press, Cell, [number, number]]>([
    ["down", press("ArrowDown"), { row: 3, column: 1 }, [4, 1]],
    ["not beyond the last line", press("ArrowDown"), { row: 19, column: 1 }, [19, 1]],
    ["up from the first stays", press("ArrowUp"), { row: 0, column: 1 }, [0, 1]],
    ["left onto the number", press("ArrowLeft"), { row: 3, column: 0 }, [3, NUMBER_COLUMN]],
    ["right", press("ArrowRight"), { row: 3, column: 3 }, [3, 3]],
    ["to the end of the line", press("End"), { row: 3, column: 0 }, [3, 3]],
    ["to the first line", press("ArrowUp", control), { row: 9, column: 2 }, [0, 2]],
    ["to the last cell", press("End", control), { row: 3, column: 0 }, [19, 3]],
    ["to the first cell", press("Home", control), { row: 3, column: 2 }, [0, 0]],
    ["a page down", press("PageDown"), { row: 15, column: 2 }, [19, 2]],
    ["a page up", press("PageUp"), { row: 10, column: 2 }, [2, 2]],
  ])("%s", (_, key, { row, column }, [toRow, toColumn]) => {
    expect(movedBy(key, at(row, column), SIZE)).toEqual(at(toRow, toColumn));
  });

  test("other keys do not", () => {
    expect(movedBy(press("a"), at(0, 0), SIZE)).toBeNull();
  });
});

describe("the selection", () => {
  test("grows with Shift and is a rectangle", () => {
    const grown = movedBy(press("ArrowDown", { shift: true }), { active: { row: 3, column: 2 }, anchor: { row: 4, column: 1 } }, SIZE);
    expect(grown && rangeOf(grown, SIZE)).toEqual({ top: 4, bottom: 4, left: 1, right: 2 });
  });

  test("takes whole lines from their numbers", () => {
    expect(rangeOf({ active: { row: 5, column: NUMBER_COLUMN }, anchor: { row: 3, column: 2 } }, SIZE)).toEqual({ top: 3, bottom: 5, left: 0, right: 3 });
  });

  test("is held within what is left", () => {
    expect(heldIn(at(30, 9), SIZE)).toEqual(at(19, 3));
    expect(heldIn(at(3, 2), { ...SIZE, rows: 0 })).toEqual(at(0, 2));
  });

  test("knows its cells", () => {
    const range = { top: 1, bottom: 2, left: 1, right: 1 };
    expect([holds(range, { row: 2, column: 1 }), holds(range, { row: 3, column: 1 }), isSeveral(range), isSeveral({ ...range, bottom: 1 })]).toEqual([true, false, true, false]);
  });
});

describe("Tab goes through the cells that are open", () => {
  const isOpen = ({ row, column }: Cell): boolean => column !== 3 && !(row === 1 && column === 0);

  test.each<[string, Cell, 1 | -1, Cell | null]>([
    ["to the next", { row: 0, column: 0 }, 1, { row: 0, column: 1 }],
    ["over what is closed, into the next line", { row: 0, column: 2 }, 1, { row: 1, column: 1 }],
    ["back", { row: 1, column: 1 }, -1, { row: 0, column: 2 }],
    ["beyond the last there is none", { row: 19, column: 2 }, 1, null],
    ["nor before the first", { row: 0, column: 0 }, -1, null],
  ])("%s", (_, from, step, to) => {
    expect(stepTo(from, step, SIZE, isOpen)).toEqual(to);
  });
});
