import type { FieldInfo, Json } from "@/api";
import { fieldType, isBlank, type Place } from "./registry";

/** A field's value, read only. Blank values show nothing unless `blank` says what. */
export function FieldCell({ value, field, place, blank = null }: {
  value: Json | undefined;
  field: FieldInfo;
  place: Place;
  blank?: string | null;
}) {
  if (value === undefined || isBlank(value)) return blank === null ? null : <span className="muted">{blank}</span>;
  const { Cell } = fieldType(field.type);
  return <Cell value={value} field={field} place={place} />;
}
