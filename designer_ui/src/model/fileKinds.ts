/** How a file is looked at without leaving the page: by its type, or where that says nothing by its name. */
export type FileKind = "image" | "pdf" | "table" | "text" | "other";

/** Both are null where the file is not known any more. */
interface Named {
  readonly name: string | null;
  readonly type: string | null;
}

/** Pictures that browsers draw. SVG is not among them: it is a document rather than a picture. */
const IMAGES = new Set(["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"]);
const TABLES = new Set(["csv", "tsv"]);
const TEXTS = new Set(["txt", "log", "md", "json", "xml", "yaml", "yml", "ini", "html", "htm", "svg", "sql", "eml", "ics", "vcf"]);

export function fileKind({ name, type }: Named): FileKind {
  const ending = /\.([a-z0-9]+)$/i.exec(name ?? "")?.[1]?.toLowerCase() ?? "";
  const [family, kind = ""] = (type ?? "").toLowerCase().split(";")[0]?.trim().split("/") ?? [];
  if (IMAGES.has(ending) || (family === "image" && IMAGES.has(kind))) return "image";
  if (ending === "pdf" || kind === "pdf") return "pdf";
  if (TABLES.has(ending) || kind === "csv" || kind === "tab-separated-values") return "table";
  if (TEXTS.has(ending) || family === "text" || kind === "json" || kind === "xml") return "text";
  return "other";
}

/** Text in the encoding it was written in: by its mark, else UTF-8, else what Chinese programs write. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // What was cut off may end within a character.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The sign between the cells of a table, the one of which its first line has most. */
export function separatorOf(text: string): string {
  const [line = ""] = text.split("\n", 1);
  const count = (sign: string): number => line.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
