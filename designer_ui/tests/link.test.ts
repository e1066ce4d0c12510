import { linkAddress } from "@/fields/parts/linkAddress";
import { expect, test } from "vitest";

test.each([
  ["https://example.com/a?b=c", "https://example.com/a?b=c"],
  [" mailto:ann@example.com ", "mailto:ann@example.com"],
  ["ann@example.com", "mailto:ann@example.com"],
  ["example.com/path", "https://example.com/path"],
  ["javascript:alert(1)", null],
  ["two words.com", null],
  ["nothing", null],
  ["", null],
])("%j becomes %j", (text, address) => {
  expect(linkAddress(text)).toBe(address);
});
