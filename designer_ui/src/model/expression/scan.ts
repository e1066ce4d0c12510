/** Cuts expression text into tokens, also text that is not finished: while somebody types it hardly ever is. */

export type TokenKind = "number" | "text" | "field" | "name" | "operator" | "open" | "close" | "comma" | "unknown";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** As typed. */
  readonly text: string;
  /** False for a text without closing quote and a field without closing brace. */
  readonly closed: boolean;
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ["text", /"(?:[^"\\]|\\[\s\S]|"")*("?)/y],
  ["field", /\{[^{}\n]*(\})/y],
  // One that is being typed ends where something else begins.
  ["field", /\{[^{}\n(),"=<>&|]*()/y],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+/y],
  ["name", /[\p{L}_][\p{L}\p{N}_.]*/uy],
  ["operator", /<>|<=|>=|==|!=|&&|\|\||[-+*/^&=<>%]/y],
  ["open", /\(/y],
  ["close", /\)/y],
  ["comma", /,/y],
];

export function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token.text.trim() !== "") tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, start: at, end: at + found[0].length, text: found[0], closed: found[1] !== "" };
  }
  const length = String.fromCodePoint(text.codePointAt(at) ?? 32).length;
  return { kind: "unknown", start: at, end: at + length, text: text.slice(at, at + length), closed: true };
}

/** The path inside a field's braces. */
export const pathOf = (token: Token): string => token.text.replace(/^\{|\}$/g, "").trim();

/** Every different path that a text refers to, in the order of their first place. */
export function pathsIn(text: string): readonly string[] {
  return [...new Set(scan(text).filter((token) => token.kind === "field" && token.closed).map(pathOf))];
}
