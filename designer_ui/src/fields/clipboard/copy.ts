/** Copying cells: as text and as a table for spreadsheets, and remembered here so that they come back unharmed. */
import type { FieldInfo, Json } from "@/api";
import { isBlank, shownType } from "@/catalogue/registry";
import { isUnreadable, writeTable, type Origin } from "@/model/cells";
import { decimalText } from "@/model/decimal";
import type { Format } from "@/ui/format";

/** Plain numbers and days, which every spreadsheet reads; words for the rest. */
export function cellText(field: FieldInfo, value: Json | undefined, format: Format): string {
  if (value === undefined || isBlank(value)) return "";
  if (isUnreadable(field, value)) return String(value);
  const type = field.type === "formula" ? (field.result ?? "text") : field.type;
  if (type === "number" || type === "money") return decimalText(value as number | string);
  if (type === "date" || type === "time") return String(value);
  return shownType(field).text(value, field, format);
}

/** What was copied last, here: names can be those of several, and words hide digits. */
let last: { readonly text: string; readonly cells: readonly (readonly Origin[])[] } | null = null;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>");

/** Puts cells on the clipboard in the stead of what the browser would copy. */
export function copyCells(event: ClipboardEvent, cells: readonly (readonly Origin[])[], format: Format): void {
  const texts = cells.map((row) => row.map(({ field, value }) => cellText(field, value, format)));
  const text = writeTable(texts);
  const rows = texts.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`);
  event.clipboardData?.setData("text/plain", text);
  event.clipboardData?.setData("text/html", `<table>${rows.join("")}</table>`);
  event.preventDefault();
  last = { text, cells };
}

/** The cells from which a pasted text was copied; null when it comes from elsewhere. */
export function originsOf(text: string): readonly (readonly Origin[])[] | null {
  const plain = (one: string): string => one.replaceAll("\r\n", "\n");
  return last !== null && plain(last.text) === plain(text) ? last.cells : null;
}
