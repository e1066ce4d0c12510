/** Comments as people type and read them ("@Ann Lee, look") and as the API keeps them ("@[12], look"). */
import type { PersonJson } from "@/api";

const TOKEN = /@\[(\d{1,18})\]/g;

/** The text with every chosen person's name turned into the token; longer names first, for one may begin another. */
export function withTokens(text: string, chosen: readonly PersonJson[]): string {
  const people = chosen.toSorted((a, b) => b.name.length - a.name.length);
  return people.reduce((sent, { id, name }) => sent.replaceAll(`@${name}`, `@[${id}]`), text);
}

/** The text as it is read and edited. */
export function withNames(text: string, mentioned: readonly PersonJson[]): string {
  const names = new Map(mentioned.map(({ id, name }) => [String(id), name]));
  return text.replace(TOKEN, (token, id: string) => (names.has(id) ? `@${names.get(id) ?? ""}` : token));
}

export interface Part {
  readonly text: string;
  /** Whether it is somebody's name. */
  readonly person: boolean;
}

/** A stored text in parts: plain ones and names. */
export function partsOf(text: string, mentioned: readonly PersonJson[]): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), person: false });
    parts.push({ text: withNames(match[0], mentioned), person: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), person: false });
  return parts;
}

/** What is being typed after an @ that begins a word, up to the caret; null when nobody is being named. */
export function nameBeingTyped(text: string, caret: number): string | null {
  const found = /(?:^|[\s(（，。、：:,])@([^@\n]{0,30})$/.exec(text.slice(0, caret));
  return found ? (found[1] ?? "") : null;
}

/** The text and the caret after a person was chosen for what was being typed. */
export function withPerson(text: string, caret: number, person: PersonJson): { readonly text: string; readonly caret: number } {
  const typed = nameBeingTyped(text, caret);
  const start = typed === null ? caret : caret - typed.length - 1;
  const written = `@${person.name} `;
  return { text: text.slice(0, start) + written + text.slice(caret), caret: start + written.length };
}
