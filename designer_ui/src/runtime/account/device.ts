const BROWSERS: readonly (readonly [RegExp, string])[] = [[/MicroMessenger/, "WeChat"], [/Edg/, "Edge"], [/OPR/, "Opera"], [/Firefox/, "Firefox"], [/Chrom/, "Chrome"], [/Safari/, "Safari"]];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [[/iPhone|iPad/, "iOS"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS/, "macOS"], [/Linux/, "Linux"]];

/** "Chrome · Windows" of what a browser says it is; null where it says nothing that is known. */
export function deviceOf(agent: string | null): string | null {
  const named = (those: typeof BROWSERS) => those.find(([pattern]) => pattern.test(agent ?? ""))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(" · ") || null;
}
