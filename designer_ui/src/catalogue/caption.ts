/** Captions: templates with fields in braces, filled in for one record. */
import type { FieldInfo, RecordJson } from "@/api";
import type { Format } from "@/ui/format";
import { fieldType, isBlank } from "./registry";

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The fields a template names. */
export function captionFields(template: string | null): readonly string[] {
  return [...(template ?? "").matchAll(PLACEHOLDER)].map((found) => found[1] ?? "");
}

/** The caption of a record; its title where there is no template, or nothing of it is filled in. */
export function captionOf(template: string | null, record: RecordJson, fields: Readonly<Record<string, FieldInfo>>, format: Format): string {
  const title = record.title ?? "";
  if (template === null) return title;
  const text = template.replaceAll(PLACEHOLDER, (_, key: string) => {
    const [value, field] = [record[key], fields[key]];
    return value === undefined || !field || isBlank(value) ? "" : fieldType(field.type).text(value, field, format);
  });
  const filled = captionFields(template).some((key) => !isBlank(record[key]));
  return filled ? text.replaceAll(/\s+/g, " ").trim() : title;
}
