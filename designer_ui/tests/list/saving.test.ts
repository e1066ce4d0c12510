import { expect, test } from "vitest";
import { ApiError, type RecordJson } from "../../src/api";
import { asksForOthers, currentOf } from "../../src/runtime/list/saving";

const issue = (path: string) => ({ path, code: "required", message: "Needed." });
const refused = (...paths: string[]) => new ApiError(422, "invalid_input", "", paths.map(issue));

/** A save asks for other fields only when none of its own values is at fault. */
test.each([
  [refused("/lost_reason"), true],
  [refused("/lost_reason", "/competitor"), true],
  [refused("/status"), false],
  [refused("/lost_reason", "/status"), false],
  [refused(""), false],
  [refused(), false],
  [new ApiError(409, "stale_revision", "", [issue("/lost_reason")]), false],
  [new Error("x"), false],
] as const)("%s asks for others: %s", (error, expected) => {
  expect(asksForOthers(error, { status: "lost" })).toBe(expected);
});

test("a stale save brings the record as it is now", () => {
  const current: RecordJson = { id: 3, revision: 7, title: "Acme" };
  expect(currentOf(new ApiError(409, "stale_revision", "", [], { current }))).toEqual(current);
  expect(currentOf(new ApiError(409, "stale_revision", ""))).toBeNull();
  expect(currentOf(new ApiError(409, "restricted", "", [], { current }))).toBeNull();
});
