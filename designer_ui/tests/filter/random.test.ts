import { expect, test } from "vitest";
import {
  condition, familyOf, operatorsOf, PERIODS, readFilter, valueCount, writeFilter,
  type Condition, type FilterFields, type Group, type Operand, type Operator,
} from "../../src/model/filter";

const TYPES = ["text", "number", "money", "date", "datetime", "choice", "multi_choice", "boolean", "user", "users", "relation", "file", "time"];
const FIELDS: FilterFields = Object.fromEntries(TYPES.map((type) => [`f_${type}`, { type }]));
const TEXTS = ["", "Acme", "华为 技术", 'say "hi"', "back\\slash", "line\nbreak", "it's", "{brace}", "tab\there", "😀"];

/** A small repeatable generator (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

function pick<T>(below: (n: number) => number, from: readonly T[]): T {
  return from[below(from.length)] as T;
}

function operand(below: (n: number) => number, type: string, operator: Operator): Operand {
  if (operator === "period") return pick(below, PERIODS);
  if (operator === "last_days" || operator === "next_days") return 2 + below(400);
  const family = familyOf(type);
  if (family === "date" || family === "datetime") {
    return below(2) ? { days: below(2) ? 2 + below(50) : -2 - below(50) } : { date: `20${10 + below(30)}-0${1 + below(9)}-1${below(10)}` };
  }
  if (family === "number") return (below(20000) - 10000) / 100;
  if (family === "person" || family === "people") return below(3) ? below(900) : { me: true };
  return family === "record" ? below(1000) : pick(below, TEXTS.slice(1));
}

function randomCondition(below: (n: number) => number): Condition {
  const type = pick(below, TYPES);
  const operator = pick(below, operatorsOf(type));
  const count = valueCount(operator);
  const length = count === "many" ? 1 + below(3) : count;
  const values = Array.from({ length }, () => operand(below, type, operator));
  return condition(`f_${type}`, operator, ...values);
}

function randomGroup(below: (n: number) => number, depth: number): Group {
  const items = Array.from({ length: 2 + below(3) }, () =>
    depth > 0 && below(3) === 0 ? randomGroup(below, depth - 1) : randomCondition(below),
  );
  return { kind: "group", match: below(2) ? "all" : "any", items };
}

test("what is written is read back, and writing it again gives the same text", () => {
  const below = generator(20261122);
  for (let round = 0; round < 600; round += 1) {
    const text = writeFilter(randomGroup(below, 3), FIELDS);
    const reading = readFilter(text, FIELDS);
    expect(reading.kind, text).toBe("rows");
    if (reading.kind === "rows") expect(writeFilter(reading.group, FIELDS)).toBe(text);
  }
});

test("a single row survives as exactly that row", () => {
  const below = generator(7);
  for (let round = 0; round < 600; round += 1) {
    const row = randomCondition(below);
    const group: Group = { kind: "group", match: "all", items: [row] };
    const text = writeFilter(group, FIELDS);
    expect(readFilter(text, FIELDS), text).toEqual({ kind: "rows", group });
  }
});

test("any text gives an answer", () => {
  const below = generator(99);
  const pieces = ["AND(", "OR(", ")", "{f_text}", '"x"', '"', "=", "<=", "&&", ",", "NOT(", "12", "-", "TODAY()", "{", "}", " ", "#", "\u0000", "文"];
  for (let round = 0; round < 600; round += 1) {
    const text = Array.from({ length: below(12) }, () => pick(below, pieces)).join("");
    expect(["rows", "text", "broken"]).toContain(readFilter(text, FIELDS).kind);
  }
});
