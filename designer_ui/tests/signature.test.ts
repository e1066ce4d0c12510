import { expect, test } from "vitest";
import { drawnOf, inkArea, isSigned, penPath, strokesOf, type Stroke } from "@/model/signature";

/** What the server takes. */
const TAKEN = /^(?:M\d{1,3} \d{1,3}L\d{1,3} \d{1,3}(?: \d{1,3} \d{1,3})*)+$/;

const wave = (points: number, step: number): Stroke => Array.from({ length: points }, (_, index) => [(index * step) % 600, 100 + 90 * Math.sin(index / 7)]);

test.each<[string, readonly Stroke[], string]>([
  ["a line", [[[10, 20], [30, 40], [50, 45]]], "M10 20L30 40 50 45"],
  ["several strokes", [[[0, 0], [10, 10]], [[20, 20], [30, 30]]], "M0 0L10 10M20 20L30 30"],
  ["a dot", [[[5, 5]]], "M5 5L5 5"],
  ["parts of units", [[[1.4, 1.6], [99.5, 0.2]]], "M1 2L100 0"],
  ["outside of the box", [[[-20, -1], [700, 300]]], "M0 0L600 200"],
  ["points on top of each other", [[[10, 10], [10.3, 10.2], [10.6, 11], [40, 40]]], "M10 10L40 40"],
  ["nothing", [[]], ""],
])("%s is written as the server takes it", (_, strokes, drawn) => {
  expect(drawnOf(strokes)).toBe(drawn);
  if (drawn) expect(drawn).toMatch(TAKEN);
});

test("very much ink is thinned until the server takes it, and keeps its shape", () => {
  const strokes = Array.from({ length: 20 }, () => wave(2_000, 3));
  const drawn = drawnOf(strokes);
  expect(drawn.length).toBeLessThanOrEqual(16_000);
  expect(drawn).toMatch(TAKEN);
  expect(strokesOf(drawn)).toHaveLength(20);
  expect(inkArea(strokesOf(drawn))?.width).toBeGreaterThan(550);
});

test("very many strokes are never cut in the middle", () => {
  const drawn = drawnOf(Array.from({ length: 3_000 }, (_, index): Stroke => [[index % 600, 10], [(index + 5) % 600, 190]]));
  expect(drawn.length).toBeLessThanOrEqual(16_000);
  expect(drawn).toMatch(TAKEN);
});

test("what was written is read again", () => {
  const strokes: readonly Stroke[] = [[[10, 20], [30, 40], [50, 45]], [[60, 60], [60, 60]]];
  expect(strokesOf(drawnOf(strokes))).toEqual(strokes);
  expect(strokesOf("")).toEqual([]);
});

test.each<[readonly Stroke[], boolean]>([
  [[], false],
  [[[[5, 5]]], false],
  [[[[5, 5], [12, 9]]], false],
  [[[[5, 5]], [[20, 5]]], true],
  [[[[5, 5], [5, 17]]], true],
])("%j is a signature: %s", (strokes, is) => expect(isSigned(strokes)).toBe(is));

test("a pen goes round corners and ends where it was lifted", () => {
  expect(penPath([[0, 0], [10, 0], [10, 10]])).toBe("M0 0Q10 0 10 5L10 10");
  expect(penPath([[5, 5], [5, 5]])).toBe("M5 5L5 5");
  expect(penPath([])).toBe("");
});
