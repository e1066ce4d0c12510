import { describe, expect, it } from "vitest";
import { durationParts } from "@/model/duration";

describe("how long a step took", () => {
  it.each([
    [1, "minutes", 1],
    [60, "minutes", 1],
    [150, "minutes", 3],
    [3_600, "hours", 1],
    [80_000, "hours", 22],
    [86_400, "days", 1],
    [260_000, "days", 3],
  ])("%d seconds are said in %s: %d", (seconds, unit, count) => {
    expect(durationParts(seconds)).toEqual({ unit, count });
  });
});
