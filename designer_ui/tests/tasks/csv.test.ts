import { expect, test } from "vitest";
import { csvOf } from "@/runtime/tasks/running/csv";

test.each([
  [[["Step", "Count"], ["Lead", 3]], "Step,Count\r\nLead,3"],
  [[["a,b", 'say "hi"', "two\nlines"]], '"a,b","say ""hi""","two\nlines"'],
  [[["=1+1", "-2", "@me", -2]], "'=1+1,'-2,'@me,-2"],
  [[], ""],
])("%j", (rows, text) => {
  expect(csvOf(rows)).toBe(text);
});
