/** The computed fields of a definition, as its draft has them beside what is published. */
import type { Json, Label } from "@/api";

export interface FieldBody {
  readonly type: string;
  readonly label?: Partial<Label>;
  readonly result?: string;
  readonly formula?: string;
  readonly [setting: string]: Json | undefined | Partial<Label>;
}

export interface FormBody {
  readonly label?: Partial<Label>;
  readonly plural?: Partial<Label>;
  readonly icon?: string;
  readonly fields?: Readonly<Record<string, FieldBody>>;
}

export interface AppDocument {
  readonly forms?: Readonly<Record<string, FormBody>>;
  readonly workflows?: Readonly<Record<string, { readonly label?: Label }>>;
}

/** How a field of the draft stands to what is published. */
export type FieldState = "published" | "new" | "changed";

export interface FormulaField {
  readonly form: string;
  readonly key: string;
  readonly body: FieldBody;
  readonly state: FieldState;
}

export const RESULTS = ["text", "number", "money", "percent", "boolean", "date", "datetime", "time"] as const;

/** A form of the definition, or the lines of a subform ("order.lines"). */
export function formOf(document: AppDocument | undefined, form: string): FormBody | undefined {
  const [record = "", subform] = form.split(".");
  const body = document?.forms?.[record];
  return subform === undefined ? body : (body?.fields?.[subform] as FormBody | undefined);
}

export function fieldOf(document: AppDocument | undefined, form: string, key: string): FieldBody | undefined {
  return formOf(document, form)?.fields?.[key];
}

/** A draft may be malformed anywhere; what is no field is left out. */
export function formulaFields(draft: AppDocument, published: AppDocument | undefined): readonly FormulaField[] {
  return Object.entries(draft.forms ?? {}).flatMap(([form, body]) =>
    Object.entries(body?.fields ?? {})
      .filter(([, field]) => field?.type === "formula")
      .map(([key, field]) => ({ form, key, body: field, state: stateOf(field, fieldOf(published, form, key)) })),
  );
}

export function stateOf(draft: FieldBody, published: FieldBody | undefined): FieldState {
  if (!published) return "new";
  return sameJson(draft, published) ? "published" : "changed";
}

/** Equal whatever the order of members, which two stores may keep differently. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return keys.length === others.length && keys.every((key) => key in other && sameJson((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]));
}

const LONGEST_KEY = 40;
/** Names of columns that every record has. */
const TAKEN = new Set(["id", "revision", "title", "owner", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "search"]);

/** A key made from a label: "Won deals" gives won_deals, with a number behind it where that is taken. */
export function keyFrom(label: string, taken: ReadonlySet<string>): string {
  const plain = label.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "");
  const base = (plain || "formula").slice(0, LONGEST_KEY - 3).replace(/_+$/, "");
  const free = (key: string): boolean => !taken.has(key) && !TAKEN.has(key);
  if (free(base)) return base;
  let number = 2;
  while (!free(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}

export const isKey = (key: string): boolean => /^[a-z][a-z0-9_]{0,39}$/.test(key);

/** A place of the definition that a problem names: "/forms/account/fields/total/formula". */
export interface Place {
  readonly form: string;
  readonly field: string | null;
}

export function placeOf(path: string): Place | null {
  const [, forms, form, fields, field] = path.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (forms !== "forms" || !form) return null;
  return { form, field: fields === "fields" && field ? field : null };
}
