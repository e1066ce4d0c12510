/** Cuts expression text into tokens that know where they stand. */

export type TokenKind = "number" | "text" | "field" | "name" | "operator" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Decoded: a text without its quotes, a field without its braces. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Expression text that cannot be read, and where (0-based offset). */
export class FilterSyntaxError extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ["number", /\d+(?:\.\d+)?|\.\d+/y],
  ["text", /"(?:[^"\\]|\\[\s\S]|"")*"/y],
  ["field", /\{[^{}]*\}/y],
  ["name", /[A-Za-z_][A-Za-z0-9_.]*/y],
  ["operator", /<>|<=|>=|==|!=|&&|\|\||[-+*/^&=<>(),]/y],
];

const SPACE = /\s+/y;

function decode(kind: TokenKind, raw: string): string {
  if (kind === "field") return raw.slice(1, -1).trim();
  if (kind !== "text") return raw;
  return raw.slice(1, -1).replace(/""|\\([\s\S])/g, (pair: string, escaped: string | undefined) =>
    pair === '""' ? '"' : unescape(escaped ?? ""),
  );
}

function unescape(character: string): string {
  if (character === "n") return "\n";
  return character === "t" ? "\t" : character;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) break;
    const token = nextToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", value: "", start: text.length, end: text.length });
  return tokens;
}

function nextToken(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    const raw = match(pattern, text, at);
    if (raw !== undefined) return { kind, value: decode(kind, raw), start: at, end: at + raw.length };
  }
  throw new FilterSyntaxError("unexpected_character", at);
}
