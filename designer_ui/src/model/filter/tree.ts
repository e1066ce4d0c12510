/** The syntax tree of the part of the expression language that filters use, and its parser. */
import { FilterSyntaxError, tokenize, type Token } from "./tokens";

export type Node =
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "field"; readonly path: string }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Node[] }
  | { readonly kind: "operation"; readonly operator: string; readonly left: Node; readonly right: Node };

/** Operators from the loosest to the tightest; all of them bind to the left. */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["=", "==", "<>", "!=", "<", "<=", ">", ">="],
  ["&"],
  ["+", "-"],
  ["*", "/"],
  ["^"],
];

const SAME: Readonly<Record<string, string>> = { "==": "=", "!=": "<>" };
const DEEPEST = 200;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Node {
    const node = this.level(0);
    if (this.current.kind !== "end") this.fail("unexpected_end");
    return node;
  }

  private get current(): Token {
    return this.tokens[this.at] as Token;
  }

  private fail(message: string): never {
    throw new FilterSyntaxError(message, this.current.start);
  }

  private takes(value: string): boolean {
    if (this.current.kind !== "operator" || this.current.value !== value) return false;
    this.at += 1;
    return true;
  }

  private level(index: number): Node {
    const operators = LEVELS[index];
    if (operators === undefined) return this.unary();
    let left = this.level(index + 1);
    while (this.current.kind === "operator" && operators.includes(this.current.value)) {
      const written = this.current.value;
      this.at += 1;
      left = { kind: "operation", operator: SAME[written] ?? written, left, right: this.level(index + 1) };
    }
    return left;
  }

  private unary(): Node {
    if (!this.takes("-")) return this.primary();
    this.depth += 1;
    if (this.depth > DEEPEST) this.fail("too_deep");
    const operand = this.unary();
    this.depth -= 1;
    if (operand.kind === "literal" && typeof operand.value === "number") return { kind: "literal", value: -operand.value };
    return { kind: "operation", operator: "-", left: { kind: "literal", value: 0 }, right: operand };
  }

  private primary(): Node {
    const token = this.current;
    if (this.takes("(")) return this.parenthesised();
    this.at += 1;
    if (token.kind === "number") return { kind: "literal", value: Number(token.value) };
    if (token.kind === "text") return { kind: "literal", value: token.value };
    if (token.kind === "field") return { kind: "field", path: token.value };
    if (token.kind === "name") return this.named(token);
    this.at -= 1;
    return this.fail("value_expected");
  }

  private parenthesised(): Node {
    this.depth += 1;
    if (this.depth > DEEPEST) this.fail("too_deep");
    const node = this.level(0);
    if (!this.takes(")")) this.fail("parenthesis_expected");
    this.depth -= 1;
    return node;
  }

  private named(token: Token): Node {
    const name = token.value.toUpperCase();
    if (!this.takes("(")) {
      if (name === "TRUE" || name === "FALSE") return { kind: "literal", value: name === "TRUE" };
      this.at -= 1;
      return this.fail("unknown_word");
    }
    return { kind: "call", name, arguments: this.callArguments() };
  }

  private callArguments(): readonly Node[] {
    this.depth += 1;
    if (this.depth > DEEPEST) this.fail("too_deep");
    const found: Node[] = [];
    if (!this.takes(")")) {
      do found.push(this.level(0));
      while (this.takes(","));
      if (!this.takes(")")) this.fail("parenthesis_expected");
    }
    this.depth -= 1;
    return found;
  }
}

/** Reads expression text. Raises FilterSyntaxError with the position of the first problem. */
export function parseExpression(text: string): Node {
  return new Parser(tokenize(text)).whole();
}
