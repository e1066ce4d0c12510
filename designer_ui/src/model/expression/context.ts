/** What somebody is about to write at the cursor, and which call the cursor stands in. */
import { pathOf, scan, type Token } from "./scan";

export type Context =
  /** Within braces: `before` are the relations passed already. */
  | { readonly kind: "path"; readonly from: number; readonly to: number; readonly before: readonly string[]; readonly typed: string }
  /** A word that may become a function or a field. */
  | { readonly kind: "word"; readonly from: number; readonly to: number; readonly typed: string }
  /** A text that should be an option of the choice field at `path`. */
  | { readonly kind: "option"; readonly from: number; readonly to: number; readonly path: string; readonly prefix: string; readonly typed: string }
  | { readonly kind: "none" };

export interface CallPlace {
  readonly name: string;
  /** Where the name begins. */
  readonly start: number;
  /** The argument the cursor stands in, from 0. */
  readonly index: number;
}

const NONE: Context = { kind: "none" };
const COMPARISON = new Set(["=", "==", "<>", "!="]);
/** Criteria such as "<>won" begin with a comparison. */
const CRITERION = /^(?:<>|=)?/;

export function contextAt(text: string, position: number): Context {
  const tokens = scan(text);
  const here = tokens.find((token) => token.start < position && (position < token.end || (position === token.end && isOpenEnded(token))));
  if (here?.kind === "field") return pathContext(here, position);
  if (here?.kind === "text") return optionContext(tokens, here, position);
  if (here?.kind === "name") return { kind: "word", from: here.start, to: here.end, typed: text.slice(here.start, position) };
  if (here && here.kind !== "unknown") return NONE;
  const before = tokens.filter((token) => token.end <= position);
  const path = comparedField(before);
  return path === null ? { kind: "word", from: position, to: position, typed: "" } : { kind: "option", from: position, to: position, path, prefix: "", typed: "" };
}

/** Whether typing at its end would go on with the token. */
const isOpenEnded = (token: Token): boolean =>
  token.kind === "name" || token.kind === "number" || ((token.kind === "field" || token.kind === "text") && !token.closed);

function pathContext(token: Token, position: number): Context {
  const inner = token.text.slice(1, position - token.start);
  const parts = inner.split(".");
  const typed = parts.pop() ?? "";
  return { kind: "path", from: position - typed.length, to: token.closed ? token.end : position, before: parts.map((part) => part.trim()), typed: typed.trim() };
}

function optionContext(tokens: readonly Token[], token: Token, position: number): Context {
  const path = comparedField(tokens.filter((other) => other.end <= token.start));
  if (path === null) return NONE;
  const inner = token.text.slice(1, position - token.start);
  const prefix = CRITERION.exec(inner)?.[0] ?? "";
  return { kind: "option", from: token.start, to: token.closed ? token.end : position, path, prefix, typed: inner.slice(prefix.length) };
}

/** The field that what comes next is compared with: `{x} =`, or an argument before it in IN, SWITCH, COUNTIFS ... */
function comparedField(before: readonly Token[]): string | null {
  const last = before.at(-1);
  const ahead = before.at(-2);
  if (last?.kind === "operator" && COMPARISON.has(last.text)) return ahead?.kind === "field" ? pathOf(ahead) : null;
  if (last?.kind !== "comma") return null;
  const call = callAmong(before);
  if (!call) return null;
  const fields = fieldArguments(before, call.open);
  if (FIRST_COMPARES.has(call.name)) return fields[0] ?? null;
  return PREVIOUS_COMPARES.has(call.name) ? (fields[call.index - 1] ?? null) : null;
}

const FIRST_COMPARES = new Set(["IN", "SWITCH", "HAS", "HASANY", "HASALL"]);
const PREVIOUS_COMPARES = new Set(["SUMIF", "COUNTIF", "AVERAGEIF", "SUMIFS", "COUNTIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"]);

/** The paths of those arguments of the call that are a field and nothing else. */
function fieldArguments(before: readonly Token[], open: number): readonly (string | null)[] {
  const found: (string | null)[] = [];
  let depth = 0;
  let argument: Token[] = [];
  for (const token of before.slice(open + 1)) {
    if (token.kind === "open") depth += 1;
    if (token.kind === "close") depth -= 1;
    if (token.kind !== "comma" || depth > 0) argument.push(token);
    else {
      found.push(argument.length === 1 && argument[0]?.kind === "field" ? pathOf(argument[0]) : null);
      argument = [];
    }
  }
  return found;
}

/** The call the cursor stands in; null outside of any. */
export function callAt(text: string, position: number): CallPlace | null {
  const tokens = scan(text).filter((token) => token.start < position);
  const call = callAmong(tokens);
  return call && { name: call.name, start: call.start, index: call.index };
}

function callAmong(before: readonly Token[]): (CallPlace & { readonly open: number }) | null {
  let depth = 0;
  let index = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const token = before[at];
    if (token?.kind === "close") depth += 1;
    else if (token?.kind === "comma" && depth === 0) index += 1;
    else if (token?.kind === "open" && depth > 0) depth -= 1;
    else if (token?.kind === "open") {
      const name = before[at - 1];
      if (name?.kind === "name") return { name: name.text.toUpperCase(), start: name.start, index, open: at };
      index = 0;
    }
  }
  return null;
}
