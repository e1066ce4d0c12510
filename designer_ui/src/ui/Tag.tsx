const TONES = new Set(["gray", "red", "orange", "amber", "green", "teal", "cyan", "blue", "indigo", "purple", "pink"]);

/** The class that colours something by a definition's colour word, in both modes. */
export function toneClass(color: string | null | undefined): string {
  return `tone-${color && TONES.has(color) ? color : "gray"}`;
}

export function Tag({ color, children }: { color?: string | null | undefined; children: string }) {
  return (
    <span className={`j-tag ${toneClass(color)}`} title={children}>
      <span>{children}</span>
    </span>
  );
}
