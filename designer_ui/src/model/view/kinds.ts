/** What the kinds of views need beside columns. Settings are whole here; what the API leaves out is as usual. */
import type { ViewJson } from "@/api";

export const VIEW_KINDS = ["list", "kanban", "calendar", "gallery", "tree"] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export const CALENDAR_MODES = ["month", "week", "day", "agenda"] as const;
export type CalendarMode = (typeof CALENDAR_MODES)[number];

export const CARD_SIZES = ["small", "medium", "large"] as const;
export type CardSize = (typeof CARD_SIZES)[number];

export interface BoardSettings {
  /** The choice field whose options are the columns. */
  readonly by: string;
  readonly card: readonly string[];
  readonly measure: string | null;
}

export interface CalendarSettings {
  readonly start: string;
  readonly end: string | null;
  /** With fields in braces; null for the record's title. */
  readonly title: string | null;
  readonly mode: CalendarMode;
}

export interface CardField {
  readonly field: string;
  readonly label: boolean;
  readonly size: "small" | "normal" | "large";
}

export interface GallerySettings {
  readonly cover: string | null;
  readonly fit: "fill" | "whole";
  readonly title: string | null;
  readonly size: CardSize;
  /** Empty for the first columns of the view. */
  readonly fields: readonly CardField[];
  readonly badges: readonly string[];
}

export interface TreeSettings {
  /** The relation to the record above. */
  readonly parent: string;
}

/** The settings of a view by kind, null where it has none. */
export interface KindSettings {
  readonly board: BoardSettings | null;
  readonly calendar: CalendarSettings | null;
  readonly gallery: GallerySettings | null;
  readonly tree: TreeSettings | null;
}

export const SETTINGS = ["board", "calendar", "gallery", "tree"] as const;

export const asKind = (text: string | null | undefined): ViewKind | null => VIEW_KINDS.find((kind) => kind === text) ?? null;
export const asMode = (text: string | null | undefined): CalendarMode | null => CALENDAR_MODES.find((mode) => mode === text) ?? null;

/** The settings of a view as the server sent it. */
export function settingsOfView(view: ViewJson): KindSettings {
  return {
    board: view.kind === "kanban" && view.group_by ? { by: view.group_by, card: view.card ?? [], measure: view.measure } : null,
    calendar: readCalendar(view.calendar),
    gallery: readGallery(view.gallery),
    tree: readTree(view.tree),
  };
}

type Body = { readonly [key: string]: unknown };

const asBody = (value: unknown): Body | null => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : null);
const asText = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const asTexts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);
const oneOf = <Word extends string>(words: readonly Word[], value: unknown, usual: Word): Word => words.find((word) => word === value) ?? usual;

function readBoard(value: unknown): BoardSettings | null {
  const body = asBody(value);
  const by = asText(body?.["by"]);
  return body && by ? { by, card: asTexts(body["card"]), measure: asText(body["measure"]) } : null;
}

function readCalendar(value: unknown): CalendarSettings | null {
  const body = asBody(value);
  const start = asText(body?.["start"]);
  return body && start ? { start, end: asText(body["end"]), title: asText(body["title"]), mode: oneOf(CALENDAR_MODES, body["mode"], "month") } : null;
}

function readGallery(value: unknown): GallerySettings | null {
  const body = asBody(value);
  if (!body) return null;
  const fields = Array.isArray(body["fields"]) ? body["fields"].map(asBody) : [];
  return {
    cover: asText(body["cover"]),
    fit: oneOf(["fill", "whole"], body["fit"], "fill"),
    title: asText(body["title"]),
    size: oneOf(CARD_SIZES, body["size"], "medium"),
    fields: fields.flatMap((item) => {
      const field = asText(item?.["field"]);
      return field ? [{ field, label: item?.["label"] !== false, size: oneOf(["small", "normal", "large"] as const, item?.["size"], "normal") }] : [];
    }),
    badges: asTexts(body["badges"]),
  };
}

function readTree(value: unknown): TreeSettings | null {
  const parent = asText(asBody(value)?.["parent"]);
  return parent ? { parent } : null;
}

const READERS = { board: readBoard, calendar: readCalendar, gallery: readGallery, tree: readTree };

/** Settings from an address; null when they cannot be read. */
export function parseSettings<Name extends keyof KindSettings>(name: Name, text: string): KindSettings[Name] {
  try {
    return READERS[name](JSON.parse(text)) as KindSettings[Name];
  } catch {
    return null;
  }
}

export const settingsText = (settings: KindSettings[keyof KindSettings]): string => (settings ? JSON.stringify(settings) : "");
