/** Every word with a capital at its start, by Unicode's rules for titles. */

const CASED = /\p{Cased}/u;
/** Letters that are two in one: the capital form of their first part only. */
const DIGRAPHS: Readonly<Record<string, string>> = { "Ǆ": "ǅ", "Ǉ": "ǈ", "Ǌ": "ǋ", "Ǳ": "ǲ" };
const GEORGIAN = /[\u10d0-\u10fa\u10fd-\u10ff]/;
const GREEK_WITH_IOTA = /[\u1f80-\u1faf\u1fb3\u1fbc\u1fc3\u1fcc\u1ff3\u1ffc]/;
const GREEK_WITH_ACCENT_AND_IOTA = /[\u1fb2\u1fb4\u1fc2\u1fc4\u1ff2\u1ff4]/;
const IOTA_BELOW = "\u0345";

function titleOf(character: string): string {
  if (GEORGIAN.test(character)) return character;
  const code = character.charCodeAt(0);
  if (GREEK_WITH_IOTA.test(character)) return String.fromCharCode(code < 0x1fb0 ? code | 8 : (code & ~0xf) | 0xc);
  const upper = character.toUpperCase();
  if (GREEK_WITH_ACCENT_AND_IOTA.test(character)) return upper.slice(0, 1) + IOTA_BELOW;
  if (code === 0x1fb7 || code === 0x1fc7 || code === 0x1ff7) return String.fromCharCode(code + 5, 0x342);
  const [first = "", ...rest] = upper;
  return DIGRAPHS[upper] ?? first + (isLigature(code) ? rest.join("").toLowerCase() : rest.join(""));
}

/** ß, և and the ligatures: only the first of their letters becomes a capital. */
function isLigature(code: number): boolean {
  return code === 0xdf || code === 0x587 || (code >= 0xfb00 && code <= 0xfb17);
}

export function titleCase(text: string): string {
  let result = "";
  let [inWord, place] = [false, 0];
  for (const character of text) {
    result += inWord ? lowered(text, character, place) : titleOf(character);
    inWord = CASED.test(character);
    place += character.length;
  }
  return result;
}

/** A small letter; the sigma at the end of a word has a form of its own. */
function lowered(text: string, character: string, place: number): string {
  if (character !== "Σ") return character.toLowerCase();
  return text.toLowerCase().charAt(text.slice(0, place).toLowerCase().length);
}
