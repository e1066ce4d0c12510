import { conditionValue, fieldsFor, problemsOf, rangeOf, relationsFor, writeRecipe, type RecipeChoices } from "@/model/expression";
import { describe, expect, test } from "vitest";
import { NAMES } from "./names";

const CHOICES: RecipeChoices = { recipe: "total", relation: "receipts", field: "amount", by: "day", condition: null };
const CASH = { field: "kind", operator: "=", value: '"cash"' } as const;

describe("recipes write formulas", () => {
  test.each([
    [{ recipe: "lookup", relation: "account", field: "level" }, "{account.level}"],
    [{ recipe: "total" }, "SUM({receipts.amount})"],
    [{ recipe: "total", condition: CASH }, 'SUM(FILTER({receipts.amount}, {receipts.kind} = "cash"))'],
    [{ recipe: "count", field: null }, "COUNTA({receipts})"],
    [{ recipe: "count", condition: { field: "amount", operator: ">", value: "100" } }, "COUNTA(FILTER({receipts}, {receipts.amount} > 100))"],
    [{ recipe: "latest" }, "FIRST(SORTBY({receipts.amount}, {receipts.day}, -1))"],
    [{ recipe: "total", field: null }, null],
    [{ recipe: "latest", by: null }, null],
  ] as const)("%j", (part, formula) => {
    expect(writeRecipe({ ...CHOICES, ...part })).toBe(formula);
  });

  test("what can be chosen fits the recipe", () => {
    expect(relationsFor("lookup", NAMES)).toEqual(["account"]);
    expect(relationsFor("total", NAMES)).toEqual(["receipts", "account.orders", "receipts.order"]);
    expect(fieldsFor("total", "value", "receipts", NAMES).map(([key]) => key)).toEqual(["amount"]);
    expect(fieldsFor("latest", "by", "receipts", NAMES).map(([key]) => key)).toEqual(["day"]);
    expect(fieldsFor("total", "condition", "receipts", NAMES).map(([key]) => key)).toEqual(["amount", "paid", "kind"]);
  });

  test("typed values become expressions of the field's type", () => {
    const typed = (key: string, value: string): string | null => {
      const info = NAMES.forms["receipt"]?.names[key];
      return info ? conditionValue(info, value) : null;
    };
    expect(typed("kind", 'a "b"')).toBe('"a ""b"""');
    expect(typed("amount", "-1.5")).toBe("-1.5");
    expect(typed("amount", "1 + 1")).toBeNull();
    expect(typed("paid", "TRUE")).toBe("TRUE");
  });
});

describe("places in the text", () => {
  test("are counted in characters by the server, in UTF-16 here", () => {
    expect(rangeOf('"😀" & {x}', 6, 3)).toEqual({ from: 7, to: 10 });
  });

  test("a problem without extent is shown on the character before it", () => {
    const [problem] = problemsOf("LEN({a}", [{ path: "", code: "formula_open_bracket", message: "m", position: 7, length: 0 }]);
    expect(problem).toMatchObject({ from: 6, to: 7, fix: null });
  });

  test("a suggestion takes the place of the field, or of the function's name only", () => {
    const issue = { path: "", message: "m", position: 0 };
    expect(problemsOf("{amonut} * 2", [{ ...issue, code: "formula_unknown_field", length: 8, hint: "{amount}" }])[0]?.fix).toEqual({ from: 0, to: 8, insert: "{amount}" });
    expect(problemsOf("RUOND({x}, 2)", [{ ...issue, code: "formula_unknown_function", length: 13, hint: "ROUND" }])[0]?.fix).toEqual({ from: 0, to: 5, insert: "ROUND" });
    expect(problemsOf('{status} = "wno"', [{ ...issue, code: "definition_unknown_option", position: 11, length: 5, hint: "won" }])[0]?.fix).toEqual({ from: 11, to: 16, insert: '"won"' });
  });
});
