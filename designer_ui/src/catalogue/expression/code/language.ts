/** Colours by kind of token; the colours themselves are tokens of the style sheet, for light and dark. */
import { scan, type Token } from "@/model/expression";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

interface State {
  /** Tokens of the line that is being read. */
  tokens: readonly Token[];
}

const NAMES: Partial<Record<Token["kind"], string>> = { number: "number", text: "string", operator: "operator", field: "variableName" };

const language = StreamLanguage.define<State>({
  startState: () => ({ tokens: [] }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (stream.sol()) state.tokens = scan(stream.string);
    if (stream.eatSpace()) return null;
    const token = state.tokens.find((one) => one.end > stream.pos);
    if (!token) {
      stream.skipToEnd();
      return null;
    }
    stream.pos = token.end;
    if (token.kind !== "name") return NAMES[token.kind] ?? "punctuation";
    return /^(true|false)$/i.test(token.text) ? "bool" : /^\s*\(/.test(stream.string.slice(token.end)) ? "keyword" : null;
  },
  languageData: { closeBrackets: { brackets: ["(", '"'] } },
});

const style = HighlightStyle.define([
  { tag: tags.keyword, class: "x-function" },
  { tag: [tags.number, tags.bool], class: "x-number" },
  { tag: tags.string, class: "x-text" },
  { tag: [tags.operator, tags.punctuation], class: "x-operator" },
]);

export const highlighting = [language, syntaxHighlighting(style)];
