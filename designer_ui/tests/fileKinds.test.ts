import { describe, expect, test } from "vitest";
import { decodeText, fileKind, separatorOf } from "@/model/fileKinds";
import { readTable } from "@/model/cells/table";

describe("how a file is looked at", () => {
  test.each([
    ["photo.JPG", "application/octet-stream", "image"],
    ["scan", "image/png; charset=x", "image"],
    ["logo.svg", "image/svg+xml", "text"],
    ["offer.pdf", "text/html", "pdf"],
    ["offer", "application/pdf", "pdf"],
    ["list.csv", "application/vnd.ms-excel", "table"],
    ["page.html", "text/html", "text"],
    ["data", "application/json", "text"],
    ["pack.zip", "application/zip", "other"],
    [null, null, "other"],
  ])("%s of type %s: %s", (name, type, kind) => expect(fileKind({ name, type })).toBe(kind));
});

const bytes = (...values: readonly number[]) => new Uint8Array(values);

test.each([
  ["UTF-8", bytes(0xe5, 0xae, 0xa2), "客"],
  ["UTF-8 that was cut within a character", bytes(0x61, 0xe5, 0xae), "a"],
  ["GBK", bytes(0xbf, 0xcd), "客"],
  ["UTF-16 with its mark", bytes(0xff, 0xfe, 0xa2, 0x5b), "客"],
])("text in %s", (_, content, text) => expect(decodeText(content)).toBe(text));

test.each([
  ["a,b\n1;2", ","],
  ["a;b;c,d", ";"],
  ["a\tb", "\t"],
  ["alone", ","],
])("what stands between the cells of %j", (text, sign) => expect(separatorOf(text)).toBe(sign));

test.each([
  ['a,"b,""c""",d\r\n"line\nbreak",,x', ",", [["a", 'b,"c"', "d"], ["line\nbreak", "", "x"]]],
  ['"open,b\nc', ",", [['"open', "b"], ["c"]]],
  ["a,b;c", ";", [["a,b", "c"]]],
])("the cells of %j", (text, sign, rows) => expect(readTable(text, sign)).toEqual(rows));
