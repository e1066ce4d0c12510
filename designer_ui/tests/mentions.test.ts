import { expect, test } from "vitest";
import { nameBeingTyped, partsOf, withNames, withPerson, withTokens } from "../src/model/mentions";

const ann = { id: 1, name: "Ann" };
const annLee = { id: 12, name: "Ann Lee" };

test("names become tokens and names again, also where one begins another", () => {
  const text = "@Ann Lee and @Ann, look";
  const sent = withTokens(text, [ann, annLee]);
  expect(sent).toBe("@[12] and @[1], look");
  expect(withNames(sent, [ann, annLee])).toBe(text);
});

test("somebody unknown stays as stored", () => {
  expect(withNames("@[7] hi", [ann])).toBe("@[7] hi");
});

test("a text in parts", () => {
  expect(partsOf("Hi @[1]!", [ann])).toEqual([{ text: "Hi ", person: false }, { text: "@Ann", person: true }, { text: "!", person: false }]);
  expect(partsOf("plain", [])).toEqual([{ text: "plain", person: false }]);
});

test.each([
  ["@", 1, ""],
  ["hello @an", 9, "an"],
  ["hello @an", 8, "a"],
  ["你好，@安", 5, "安"],
  ["ann@example.com", 15, null],
  ["@ann\nnext", 9, null],
  ["no one", 6, null],
])("the name being typed in %j at %d", (text, caret, expected) => {
  expect(nameBeingTyped(text, caret)).toBe(expected);
});

test("a chosen person takes the place of what was typed", () => {
  expect(withPerson("hello @an now", 9, annLee)).toEqual({ text: "hello @Ann Lee  now", caret: 15 });
});
