/** Problems of an expression where they stand in its text, and what would put them right. */
import type { ApiIssue } from "@/api";
import { rangeOf, type Range } from "./offsets";

export interface Problem extends Range {
  readonly message: string;
  /** What to write instead, and where. */
  readonly fix: (Range & { readonly insert: string }) | null;
}

export function problemsOf(text: string, issues: readonly ApiIssue[]): readonly Problem[] {
  return issues.map((issue) => {
    const place = typeof issue.position === "number" ? rangeOf(text, issue.position, issue.length ?? 0) : { from: 0, to: text.length };
    return { ...visible(text, place), message: issue.message, fix: fixOf(text, place, issue) };
  });
}

/** A place without extent is shown on the character before it. */
function visible(text: string, { from, to }: Range): Range {
  if (to > from) return { from, to };
  return from > 0 ? { from: from - 1, to: from } : { from, to: Math.min(1, text.length) };
}

function fixOf(text: string, { from, to }: Range, { code, hint }: ApiIssue): Problem["fix"] {
  if (!hint) return null;
  if (code === "definition_unknown_option") return { from, to, insert: `"${hint}"` };
  if (code !== "formula_unknown_function") return { from, to, insert: hint };
  const open = text.indexOf("(", from);
  return { from, to: open < 0 ? to : open, insert: hint };
}
