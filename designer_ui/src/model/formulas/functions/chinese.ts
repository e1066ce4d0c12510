import type { Decimal } from "decimal.js";
import { decimal, roundTo } from "../decimals";
import { eager, type Twins } from "../twin";
import { Failure } from "../values";

/** Amounts in Chinese capitals. */

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];
const TOO_LARGE = decimal("1e16");

function inCapitals(amount: Decimal): string {
  const rounded = roundTo(amount.abs(), 2);
  if (rounded.gte(TOO_LARGE)) throw new Failure("#NUM!");
  const [yuan = "0", cents = ""] = rounded.toFixed(2).split(".");
  const [whole, fen] = [BigInt(yuan), Number(cents)];
  const sign = amount.lt(0) && !rounded.isZero() ? "负" : "";
  return sign + (whole || !fen ? `${inWords(whole)}元` : "") + change(fen, whole > 0n);
}

/** The yuan in words: four digits at a time, one 零 for any number of noughts between digits. */
function inWords(yuan: bigint): string {
  if (!yuan) return "零";
  const groups: number[] = [];
  for (let rest = yuan; rest; rest /= 10_000n) groups.push(Number(rest % 10_000n));
  let [result, gap] = ["", false];
  for (let place = groups.length - 1; place >= 0; place -= 1) {
    const group = groups[place] ?? 0;
    if (group) {
      if (result && (gap || group < 1000)) result += "零";
      result += fourDigits(group) + groupName(place, groups);
    }
    gap = !group;
  }
  return result;
}

/** 万亿 is said once: 壹万贰仟亿 has its 亿 only behind the lower of the two groups. */
function groupName(place: number, groups: readonly number[]): string {
  return GROUPS[place === 3 && groups[2] ? 1 : place] ?? "";
}

function fourDigits(group: number): string {
  let [result, gap] = ["", false];
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit) result += (gap && result ? "零" : "") + DIGITS[digit] + PLACES[place];
    gap = !digit;
  }
  return result;
}

function change(fen: number, afterYuan: boolean): string {
  const [jiao, rest] = [Math.floor(fen / 10), fen % 10];
  if (!fen) return "整";
  if (!rest) return `${DIGITS[jiao]}角整`;
  if (jiao) return `${DIGITS[jiao]}角${DIGITS[rest]}分`;
  return `${afterYuan ? "零" : ""}${DIGITS[rest]}分`;
}

export const chinese: Twins = { RMBCAP: eager(inCapitals) };
