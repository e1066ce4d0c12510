import { describe, expect, test } from "vitest";
import { mergeTexts, textKeys } from "@/ui/i18n/merge";

type Texts = Record<string, unknown>;
const english = import.meta.glob<Texts>("../src/**/i18n/en.json", { eager: true, import: "default" });
const chinese = import.meta.glob<Texts>("../src/**/i18n/zh-CN.json", { eager: true, import: "default" });

function leaf(texts: Texts, key: string): string {
  return key.split(".").reduce<unknown>((at, part) => (at as Texts)[part], texts) as string;
}

describe("words of the interface", () => {
  const en = mergeTexts(Object.values(english));
  const zh = mergeTexts(Object.values(chinese));

  test("both languages have the same keys", () => {
    expect(textKeys(zh)).toEqual(textKeys(en));
  });

  test("no word is empty", () => {
    const empty = textKeys(en).filter((key) => !leaf(en, key) || !leaf(zh, key));
    expect(empty).toEqual([]);
  });

  test("both languages fill in the same placeholders", () => {
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    const different = textKeys(en).filter((key) => holes(leaf(en, key)).join() !== holes(leaf(zh, key)).join());
    expect(different).toEqual([]);
  });

  test("a key may be defined once only", () => {
    expect(() => mergeTexts([{ a: { b: "1" } }, { a: { b: "2" } }])).toThrow("a.b");
    expect(mergeTexts([{ a: { b: "1" } }, { a: { c: "2" } }])).toEqual({ a: { b: "1", c: "2" } });
  });
});

const sources = import.meta.glob<string>("../src/**/*.{ts,tsx}", { eager: true, query: "?raw", import: "default" });

test("every key the code names has words", () => {
  const known = new Set(textKeys(mergeTexts(Object.values(english))).map((key) => key.replace(/_(one|other)$/, "")));
  const missing = Object.entries(sources).flatMap(([file, source]) =>
    [...source.matchAll(/\bt\(\s*"([\w.]+)"/g)].map((match) => match[1] ?? "").filter((key) => !known.has(key)).map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});
