type Texts = Record<string, unknown>;

/** Joins word files into one tree; a key that two files define is a mistake and throws. */
export function mergeTexts(parts: readonly Texts[]): Texts {
  const result: Texts = {};
  for (const part of parts) mergeInto(result, part, "");
  return result;
}

function mergeInto(target: Texts, part: Texts, path: string): void {
  for (const [key, value] of Object.entries(part)) {
    const before = target[key];
    const here = path ? `${path}.${key}` : key;
    if (before === undefined) target[key] = isTree(value) ? structuredClone(value) : value;
    else if (isTree(before) && isTree(value)) mergeInto(before, value, here);
    else throw new Error(`The text ${here} is defined twice.`);
  }
}

function isTree(value: unknown): value is Texts {
  return typeof value === "object" && value !== null;
}

/** Every leaf's dotted key, sorted. */
export function textKeys(texts: Texts, path = ""): string[] {
  return Object.entries(texts)
    .flatMap(([key, value]) => {
      const here = path ? `${path}.${key}` : key;
      return isTree(value) ? textKeys(value, here) : [here];
    })
    .sort();
}
