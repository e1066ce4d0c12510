import type { ApiIssue, Json } from "@/api";
import { linesOf, type Line } from "./line";

/** What was wrong with a line, and the line of which it was said. */
interface Refused {
  readonly line: Line;
  /** Messages by field; "" is about the line as a whole. */
  readonly messages: ReadonlyMap<string, string>;
}

/** Problems with lines by the line's key. */
export type LineIssues = ReadonlyMap<string, Refused>;

export const NO_LINE_ISSUES: LineIssues = new Map();

/** The issues about the lines of a subform, among all that were sent back for a record; `sent` are its lines at that time. */
export function lineIssuesOf(issues: readonly ApiIssue[], key: string, sent: Json | undefined): LineIssues {
  const lines = linesOf(sent);
  const found = new Map<string, { readonly line: Line; readonly messages: Map<string, string> }>();
  for (const { path, message } of issues) {
    const [, field, row, inner = ""] = path.split("/");
    const line = field === key && row !== undefined && /^\d+$/.test(row) ? lines[Number(row)] : undefined;
    if (!line) continue;
    const refused = found.get(line.key) ?? { line, messages: new Map<string, string>() };
    if (!refused.messages.has(inner)) refused.messages.set(inner, message);
    found.set(line.key, refused);
  }
  return found;
}

/** Both, the first before the second where they speak of the same field of a line. */
export function withLineIssues(first: LineIssues, second: LineIssues): LineIssues {
  if (first.size === 0 || second.size === 0) return first.size === 0 ? second : first;
  const merged = new Map(second);
  for (const [key, refused] of first) {
    const other = merged.get(key);
    merged.set(key, other && other.line === refused.line ? { line: refused.line, messages: new Map([...other.messages, ...refused.messages]) } : refused);
  }
  return merged;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** What still holds of a line's problems: those about values that nobody has changed since. */
export function messagesOf(line: Line, issues: LineIssues): ReadonlyMap<string, string> {
  const refused = issues.get(line.key);
  if (!refused) return NONE;
  if (refused.line === line) return refused.messages;
  const open = [...refused.messages].filter(([field]) => field !== "" && refused.line.typed[field] === line.typed[field]);
  return open.length ? new Map(open) : NONE;
}
