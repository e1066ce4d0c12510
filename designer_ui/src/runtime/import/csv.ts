/** The first rows of CSV text: commas, quotes, CRLF. A last row that was cut off in the middle is left out. */
export function parseCsv(text: string, most: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/y;
  cell.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  while (rows.length < most) {
    const found = cell.exec(text);
    if (!found) break;
    row.push(found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('""', '"'));
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
