/** Cells as spreadsheets put them on the clipboard: tabs between cells, lines between rows, quotes around what holds either. */

/** The cells of a copied text, or of one with another sign between cells. A line break at the end is no row of its own. */
export function readTable(text: string, separator = "\t"): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let place = 0;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (;;) {
    const { cell, end } = source[place] === '"' ? quoted(source, place, separator) : plainCell(source, place, separator);
    row.push(cell);
    if (source[end] !== separator) {
      rows.push(row);
      row = [];
    }
    if (end >= source.length) return rows;
    place = end + 1;
  }
}

function plainCell(source: string, start: number, separator: string): { readonly cell: string; readonly end: number } {
  const found = source.slice(start).search(separator === "\t" ? /[\t\n]/ : separator === ";" ? /[;\n]/ : /[,\n]/);
  const end = found < 0 ? source.length : start + found;
  return { cell: source.slice(start, end), end };
}

/** A cell in quotes, doubled inside; a quote that nothing closes is only a character. */
function quoted(source: string, start: number, separator: string): { readonly cell: string; readonly end: number } {
  const match = /^"((?:[^"]|"")*)"(.?)/.exec(source.slice(start));
  if (!match || (match[2] !== "" && match[2] !== separator)) return plainCell(source, start, separator);
  return { cell: (match[1] ?? "").replaceAll('""', '"'), end: start + match[0].length - (match[2]?.length ?? 0) };
}

/** Rows of texts as a spreadsheet takes them. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
