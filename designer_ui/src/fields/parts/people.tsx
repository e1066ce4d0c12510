import type { Json } from "@/api";
import { Avatar } from "@/ui/Avatar";

export interface Named {
  readonly id: number;
  readonly name: string;
}

/** A user or department in any of its JSON forms: {id, name}, or the bare id before the server answered. */
export function named(value: Json): Named {
  if (typeof value === "object" && value !== null && "id" in value) {
    return { id: Number(value["id"]), name: String(value["name"] ?? `#${String(value["id"])}`) };
  }
  return { id: Number(value), name: `#${String(value)}` };
}

export function namedList(value: Json): readonly Named[] {
  return Array.isArray(value) ? value.map(named) : value === null ? [] : [named(value)];
}

/** Somebody with a picture; people of external organisations with its name. */
export function Person({ name, organisation = null }: { name: string; organisation?: string | null }) {
  return (
    <span className="f-person" title={name}>
      <Avatar name={name} />
      <span className="ellipsis">{name}</span>
      {organisation ? <small className="muted ellipsis">{organisation}</small> : null}
    </span>
  );
}
