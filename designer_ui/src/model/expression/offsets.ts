/** The server counts characters (code points), the browser the units of UTF-16: an emoji is one there and two here. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export function rangeOf(text: string, position: number, length: number): Range {
  const from = unitsOf(text, 0, position);
  return { from, to: unitsOf(text, from, length) };
}

function unitsOf(text: string, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0 && at < text.length; left -= 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
