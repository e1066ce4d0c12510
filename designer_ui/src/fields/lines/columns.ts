import { useCallback, useMemo, useState } from "react";
import type { FieldInfo } from "@/api";
import { shownType, type Place } from "@/catalogue/registry";
import { lineFields, summedFields, type ShownLine } from "@/model/lines";
import { useFormat } from "@/ui/format";

/** One field of the lines as a column of the grid. */
export interface LineColumn {
  readonly key: string;
  readonly field: FieldInfo;
  readonly label: string;
  /** px */
  readonly width: number;
  /** Numbers stand at the right edge. */
  readonly end: boolean;
  readonly total: boolean;
}

export const NUMBER_WIDTH = 44;
const NARROWEST = 60;
const WIDEST = 600;
/** Padding, and the star of a field that has to be filled in. */
const HEAD_ROOM = 36;

/** Room for a column's name: a Chinese character is about as wide as two letters. */
function headWidth(label: string): number {
  const letters = [...label].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 13.5 : 7.4), 0);
  return Math.min(220, Math.ceil(letters) + HEAD_ROOM);
}

type Widths = Readonly<Record<string, number>>;

const nameOf = ({ app, form, field }: Place): string => `joinery.lines.${app}.${form}.${field}`;

/** Widths are kept by the browser, for one person at one desk. */
function keptWidths(place: Place): Widths {
  try {
    return JSON.parse(localStorage.getItem(nameOf(place)) ?? "{}") as Widths;
  } catch {
    return {};
  }
}

function keepWidths(place: Place, widths: Widths): void {
  try {
    localStorage.setItem(nameOf(place), JSON.stringify(widths));
  } catch {
    // Without storage the widths last as long as the page.
  }
}

export const clampWidth = (width: number): number => Math.max(NARROWEST, Math.min(WIDEST, Math.round(width)));

/** What is left beside the columns goes to those with words in them, unless somebody chose the widths. */
function stretched(columns: readonly LineColumn[], room: number, chosen: Widths): readonly LineColumn[] {
  const rest = room - NUMBER_WIDTH - columns.reduce((sum, column) => sum + column.width, 0);
  const wide = columns.filter((column) => !column.end && !(column.key in chosen));
  if (rest <= 0 || wide.length === 0) return columns;
  const more = Math.floor(rest / wide.length);
  return columns.map((column) => (wide.includes(column) ? { ...column, width: column.width + more } : column));
}

/** The columns of a subform, as wide as somebody made them; `room` is how wide the grid is. */
export function useColumns(field: FieldInfo, place: Place, room: number) {
  const format = useFormat();
  const [widths, setWidths] = useState<Widths>(() => keptWidths(place));
  const columns = useMemo(() => {
    const { fields, order } = lineFields(field);
    const summed = summedFields(field);
    const all = order.flatMap((key): LineColumn[] => {
      const info = fields[key];
      if (!info || info.hidden) return [];
      const type = shownType(info);
      const label = format.label(info.label) || key;
      return [{ key, field: info, label, width: widths[key] ?? Math.max(type.width, headWidth(label)), end: type.align === "end", total: summed.has(key) }];
    });
    return stretched(all, room, widths);
  }, [field, format, widths, room]);
  const resize = useCallback(
    (key: string, width: number, keep: boolean) =>
      setWidths((before) => {
        const after = { ...before, [key]: clampWidth(width) };
        if (keep) keepWidths(place, after);
        return after;
      }),
    [place],
  );
  return { columns, resize };
}

/** Why nobody can type into a cell: it is computed or closed, or it does not apply to this line. */
export function closedBecause({ states }: ShownLine, { key, field }: LineColumn): "closed" | "hidden" | null {
  const state = states[key];
  if (state?.visible === false) return "hidden";
  return field.read_only || field.type === "formula" || field.type === "autonumber" || state?.read_only ? "closed" : null;
}

export function isRequired({ states }: ShownLine, { key, field }: LineColumn): boolean {
  return states[key]?.required ?? field.required ?? false;
}
