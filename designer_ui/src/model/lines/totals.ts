import type { FieldInfo, Json, Values } from "@/api";
import { decimalJson, decimalText, sumDecimals } from "../decimal";
import { lineFields } from "./line";

const kindOf = (field: FieldInfo): string => (field.type === "formula" ? (field.result ?? "text") : field.type);

/**
 * The columns of a subform whose total means something: amounts and quantities. Where lines compute their amounts, the
 * money typed into them is a price or the like, of which nobody wants a sum.
 */
export function summedFields(subform: FieldInfo): ReadonlySet<string> {
  const fields = Object.entries(lineFields(subform).fields);
  const computes = fields.some(([, field]) => field.type === "formula" && kindOf(field) === "money");
  const summed = fields.filter(([, field]) => kindOf(field) === "number" || (kindOf(field) === "money" && (!computes || field.type === "formula")));
  return new Set(summed.map(([key]) => key));
}

/** The exact sum of a column; null when nothing in it is a number. */
export function totalOf(lines: readonly Values[], key: string): Json {
  const texts = lines.flatMap((line) => {
    const value = line[key];
    if (typeof value !== "number" && typeof value !== "string") return [];
    const text = decimalText(value);
    return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? [text] : [];
  });
  return texts.length ? decimalJson(sumDecimals(texts)) : null;
}
