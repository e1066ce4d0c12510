const TONES = ["blue", "teal", "purple", "amber", "green", "pink", "indigo", "orange", "cyan"] as const;

/** One Chinese character (the last two of a name read best, one fits) or the first letters of two words. */
export function initials(name: string): string {
  const text = name.trim();
  const chinese = text.match(/[\u3400-\u9fff]/g);
  if (chinese) return chinese.at(-1) ?? "";
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return ((words[0]?.[0] ?? "?") + (words[1]?.[0] ?? "")).toUpperCase();
}

function toneOf(name: string): string {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return TONES[sum % TONES.length] ?? "gray";
}

export function Avatar({ name, size = "" }: { name: string; size?: "" | "big" | "huge" }) {
  const shown = initials(name);
  // Drawn by the style sheet: the letters are decoration, the name stands beside it or in a label.
  return <span className={`j-avatar tone-${toneOf(name)} ${size}`} data-letters={size === "" ? shown.slice(0, 1) : shown} aria-hidden />;
}
