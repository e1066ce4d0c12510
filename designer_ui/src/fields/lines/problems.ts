import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { isUnreadable } from "@/model/cells";
import { messagesOf, type LineIssues, type ShownLine } from "@/model/lines";
import { useFormat } from "@/ui/format";
import type { LineColumn } from "./columns";

/** What is wrong with a line, by field; "" is about the line as a whole. */
export type Messages = ReadonlyMap<string, string>;

export interface LineProblem {
  readonly row: number;
  readonly field: string;
  readonly message: string;
}

const NONE: Messages = new Map();

/** Says what is wrong with a line; the same answer as long as nothing changes. */
export function useMessages(columns: readonly LineColumn[], issues: LineIssues): (shown: ShownLine) => Messages {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const known = new WeakMap<ShownLine, Messages>();
    const find = (shown: ShownLine): Messages => {
      const told = messagesOf(shown.line, issues);
      const own = shown.issues.filter(({ field }) => field === "" || field in shown.line.typed);
      const unread = columns.filter(({ key, field }) => isUnreadable(field, shown.values[key]));
      if (told.size === 0 && own.length === 0 && unread.length === 0) return NONE;
      return new Map([
        ...told,
        ...own.map(({ field, message }) => [field, format.label(message)] as const).toReversed(),
        ...unread.map(({ key, field, label }) => [key, t(`lines.unreadable.${field.type}`, { text: String(shown.values[key]), field: label })] as const),
      ]);
    };
    return (shown) => {
      const before = known.get(shown);
      if (before) return before;
      const found = find(shown);
      known.set(shown, found);
      return found;
    };
  }, [columns, issues, t, format]);
}

/** All problems from the first line to the last. */
export function problemsOf(lines: readonly ShownLine[], messages: (shown: ShownLine) => Messages): readonly LineProblem[] {
  return lines.flatMap((shown, row) => [...messages(shown)].map(([field, message]) => ({ row, field, message })));
}
