import type { FieldInfo, Json } from "@/api";
import { fieldType, isBlank, type Place } from "./registry";

interface Props {
  readonly value: Json | undefined;
  readonly field: FieldInfo;
  readonly place: Place;
  readonly blank?: string | null;
  /** There is room to show all of it. */
  readonly whole?: boolean;
}

/** A field's value, read only. Blank values show nothing unless `blank` says what. */
export function FieldCell({ value, field, place, blank = null, whole = false }: Props) {
  if (value === undefined || isBlank(value)) return blank === null ? null : <span className="muted">{blank}</span>;
  // What is shown of a number or an address leads nowhere.
  if (field.masked) return <span className="masked">{String(value)}</span>;
  const { Cell, View = Cell } = fieldType(field.type);
  const Shown = whole ? View : Cell;
  return <Shown value={value} field={field} place={place} />;
}
