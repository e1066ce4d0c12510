import type { ComponentType } from "react";
import type { FieldInfo, Json, Values } from "@/api";
import type { LineIssues, ShownLine } from "@/model/lines";
import type { Format } from "@/ui/format";
import type { LazyInput } from "./lazyInput";

/** Where a value stands: files and images need it to be fetched, relations to link. */
export interface Place {
  readonly app: string;
  readonly form: string;
  readonly field: string;
  /** Missing while the record does not exist yet. */
  readonly record?: number | undefined;
}

export interface CellProps {
  /** In the JSON form of the API; never null (blank cells are drawn by FieldCell). */
  readonly value: Json;
  readonly field: FieldInfo;
  readonly place: Place;
}

export interface InputProps {
  /** For the label's htmlFor. */
  readonly id: string;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  readonly field: FieldInfo;
  readonly place: Place;
  /** The record's other values as they stand in the form, for choices that depend on them. */
  readonly values?: Values | undefined;
  /** Of a subform: its lines as they are shown, and what the server said against them. */
  readonly lines?: readonly ShownLine[] | undefined;
  readonly lineIssues?: LineIssues | undefined;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly autoFocus?: boolean;
  /** The ids of the help and error texts. */
  readonly describedBy?: string | undefined;
  /** Reads out the field's name where no label points at the input (grid cells). */
  readonly label?: string | undefined;
  /** In a grid cell: no border of its own, opened at once where it has a popup. */
  readonly inline?: boolean;
  /** In a grid cell: the choice is made (a popup was used); save and leave. */
  readonly onCommit?: () => void;
}

export interface FieldTypeUi {
  readonly type: string;
  /** Cheap and synchronous: a grid draws hundreds. */
  readonly Cell: ComponentType<CellProps>;
  /** On a record's page, where there is room; the cell when missing. */
  readonly View?: ComponentType<CellProps>;
  /** Loaded when first needed. */
  readonly Input: LazyInput;
  /** Plain text of a value: titles, tooltips, copying. */
  readonly text: (value: Json, field: FieldInfo, format: Format) => string;
  /** Numbers stand at the right edge. */
  readonly align?: "end";
  /** Usual width of a grid column, px. */
  readonly width: number;
  /** Takes the whole width of a form. */
  readonly wide?: boolean;
  /** Names itself and says what is wrong with it: a form draws no label that points at one control. */
  readonly labelled?: boolean;
}

export function isBlank(value: Json | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

const found = import.meta.glob<FieldTypeUi>("../fields/*.tsx", { eager: true, import: "default" });

const types: ReadonlyMap<string, FieldTypeUi> = new Map(Object.values(found).map((type) => [type.type, type]));

/** How a field type looks; unknown types (a newer server's) show as text. */
export function fieldType(name: string): FieldTypeUi {
  const type = types.get(name) ?? types.get("text");
  if (!type) throw new Error("The field type text is missing.");
  return type;
}

export const fieldTypeNames = (): string[] => [...types.keys()].sort();

/** The type that draws a field: a formula shows as its result. */
export function shownType(field: FieldInfo): FieldTypeUi {
  return fieldType(field.type === "formula" ? (field.result ?? "text") : field.type);
}

/** Fetches the inputs of these field types, all at the same time. */
export async function preloadInputs(names: Iterable<string>): Promise<void> {
  await Promise.all([...new Set(names)].map((name) => fieldType(name).Input.preload()));
}
