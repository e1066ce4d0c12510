import { lazyInput } from "@/catalogue/lazyInput";
import type { Json } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { plain } from "./parts/text";

/** The words of an HTML text; the parser runs no scripts and loads nothing. */
function words(value: Json): string {
  const page = new DOMParser().parseFromString(plain(value).replace(/<\/(p|li|h\d)>|<br\s*\/?>/g, "$& "), "text/html");
  return (page.body.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Sanitised by the server on every save, so it may be shown as it comes. */
function Cell({ value }: CellProps) {
  return <div className="f-html" dangerouslySetInnerHTML={{ __html: plain(value) }} />;
}

const richText: FieldTypeUi = {
  type: "rich_text",
  Cell,
  Input: lazyInput(async () => (await import("./rich/load")).loadRichText()),
  text: words,
  width: 260,
  wide: true,
};

export default richText;
