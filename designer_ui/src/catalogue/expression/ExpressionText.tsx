/** An expression to read: as in the editor, with labels in place of keys. */
import { pathLabel, pathOf, scan, type Names, type Token } from "@/model/expression";
import { useFormat } from "@/ui/format";
import type { ReactNode } from "react";
import "./expression.css";

const CLASSES: Partial<Record<Token["kind"], string>> = { number: "x-number", text: "x-text", operator: "x-operator", comma: "x-operator", open: "x-operator", close: "x-operator" };

export function ExpressionText({ text, names }: { text: string; names: Names }) {
  const format = useFormat();
  const tokens = scan(text);
  const parts: ReactNode[] = [];
  let at = 0;
  tokens.forEach((token, index) => {
    if (token.start > at) parts.push(text.slice(at, token.start));
    parts.push(<Part key={index} token={token} label={token.kind === "field" ? pathLabel(names, pathOf(token), format.label) : null} isCall={tokens[index + 1]?.kind === "open"} />);
    at = token.end;
  });
  return <code className="x-shown">{parts}</code>;
}

function Part({ token, label, isCall }: { token: Token; label: string | null; isCall: boolean }) {
  if (token.kind === "field") return label === null ? <span className="x-unknown">{token.text}</span> : <span className="x-chip" title={token.text}>{label}</span>;
  const className = token.kind === "name" ? (isCall ? "x-function" : "x-number") : CLASSES[token.kind];
  return <span className={className}>{token.text}</span>;
}
