import type { Decimal } from "decimal.js";
import { wholeBig } from "../decimals";
import { isBlank } from "../operations";
import { eager, lazy, type Later, type Twins } from "../twin";
import { Failure, isNumber, type ErrorCode, type Value } from "../values";

/** What kind of value something is, and whether it is an error; no such question gives an error itself. */

function errorOf(value: Later): ErrorCode | null {
  try {
    value();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

function ask(answer: (value: Value) => boolean, onError = false) {
  return lazy((operand = () => null) => {
    let value: Value;
    try {
      value = operand();
    } catch (error) {
      if (error instanceof Failure) return onError;
      throw error;
    }
    return answer(value);
  });
}

function askError(answer: (code: ErrorCode | null) => boolean) {
  return lazy((operand = () => null) => answer(errorOf(operand)));
}

const isText = (value: Value) => typeof value === "string" && value !== "";
const isOdd = (value: Decimal) => wholeBig(value) % 2n !== 0n;

export const information: Twins = {
  ISERROR: askError((code) => code !== null),
  ISERR: askError((code) => code !== null && code !== "#N/A"),
  ISNA: askError((code) => code === "#N/A"),
  NA: eager(() => {
    throw new Failure("#N/A");
  }),
  ISBLANK: ask(isBlank),
  ISNUMBER: ask(isNumber),
  ISTEXT: ask(isText),
  ISNONTEXT: ask((value) => !isText(value), true),
  ISLOGICAL: ask((value) => typeof value === "boolean"),
  ISEVEN: eager((value: Decimal) => !isOdd(value)),
  ISODD: eager(isOdd),
};
