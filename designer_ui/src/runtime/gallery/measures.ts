/** How large cards are, so that only those on the screen need to be drawn: all have the same height. */
import type { CardSize, GallerySettings } from "@/model/view";

export interface CardMeasures {
  /** Heights in px: of the card, and of its picture. */
  readonly height: number;
  readonly cover: number;
}

/** The narrowest a card may be, and the height of its picture, px. */
const WIDTHS: Readonly<Record<CardSize, number>> = { small: 168, medium: 232, large: 312 };
const COVERS: Readonly<Record<CardSize, number>> = { small: 96, medium: 144, large: 208 };
const LINES = { small: 20, normal: 22, large: 26 } as const;
const TITLE = 44;
const BADGES = 28;
/** Above, between and below what stands on a card, and its border. */
const PADDING = 26;
export const GAP = 12;

export function measuresOf(settings: GallerySettings, fields: GallerySettings["fields"]): CardMeasures {
  const cover = settings.cover === null ? 0 : COVERS[settings.size];
  const lines = fields.reduce((sum, field) => sum + LINES[field.size], 0);
  return { cover, height: cover + PADDING + TITLE + lines + (settings.badges.length > 0 ? BADGES : 0) };
}

/** How many cards stand beside each other. */
export function columnsIn(width: number, size: CardSize): number {
  return Math.max(1, Math.floor((width + GAP) / (WIDTHS[size] + GAP)));
}

/** The card that an arrow key leads to from one; the same where there is none. */
export function nextCard(key: string, at: number, columns: number, count: number): number {
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns, Home: 0, End: count - 1 }[key] ?? at;
  return next < 0 || next >= count ? at : next;
}
