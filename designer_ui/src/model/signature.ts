/** A signature: strokes drawn in a box of its own units, or a name that was typed. As the API has it, and to be drawn. */

export type Signature = { readonly drawn: string; readonly typed?: never } | { readonly typed: string; readonly drawn?: never };

export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

export const SIGNATURE_BOX = { width: 600, height: 200 } as const;
/** Most characters of all strokes that the server takes. */
const MOST = 16_000;
/** What the server calls a slip of the pen. */
const LEAST_EXTENT = 12;

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));

/** A stroke in whole units, without points that lie closer together than `step`. */
function thinned(stroke: Stroke, step: number): Stroke {
  const whole = stroke.map(([x, y]): Point => [clamp(x, SIGNATURE_BOX.width), clamp(y, SIGNATURE_BOX.height)]);
  const kept: Point[] = [];
  whole.forEach((point, index) => {
    const before = kept.at(-1);
    if (!before || index === whole.length - 1 || Math.hypot(point[0] - before[0], point[1] - before[1]) >= step) kept.push(point);
  });
  // A dot is a line of no length.
  const [first] = kept;
  return kept.length === 1 && first ? [first, first] : kept;
}

const written = (stroke: Stroke): string => stroke.map(([x, y], index) => `${index === 0 ? "M" : index === 1 ? "L" : " "}${x} ${y}`).join("");

/** The strokes as the API takes them: of very much ink every so many points are left out, and what still is too much in the end. */
export function drawnOf(strokes: readonly Stroke[]): string {
  const inked = strokes.filter((stroke) => stroke.length > 0);
  for (let step = 2; step <= SIGNATURE_BOX.width; step *= 2) {
    const drawn = inked.map((stroke) => written(thinned(stroke, step))).join("");
    if (drawn.length <= MOST) return drawn;
  }
  let drawn = "";
  for (const stroke of inked) {
    const next = written(thinned(stroke, SIGNATURE_BOX.width));
    if (drawn.length + next.length > MOST) break;
    drawn += next;
  }
  return drawn;
}

/** The strokes of a drawn signature. */
export function strokesOf(drawn: string): readonly Stroke[] {
  return drawn.split("M").filter(Boolean).map((stroke) => {
    const numbers = stroke.split(/[L ]/).map(Number);
    return numbers.flatMap((x, index) => (index % 2 === 0 && index + 1 < numbers.length ? [[x, numbers[index + 1] ?? 0] as const] : []));
  });
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around the ink; null when there is none. */
export function inkArea(strokes: readonly Stroke[]): Area | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const across = points.map(([x]) => x);
  const down = points.map(([, y]) => y);
  const [left, top] = [Math.min(...across), Math.min(...down)];
  return { left, top, width: Math.max(...across) - left, height: Math.max(...down) - top };
}

/** Whether there is enough ink to be somebody's signature. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  const area = inkArea(strokes);
  return area !== null && Math.max(area.width, area.height) >= LEAST_EXTENT;
}

/** The path of a stroke as a pen draws it: round where the points make corners. */
export function penPath(stroke: Stroke): string {
  const [first, ...rest] = stroke;
  if (!first) return "";
  const last = rest.at(-1) ?? first;
  const middle = rest.slice(0, -1).map(([x, y], index) => {
    const [nextX, nextY] = rest[index + 1] ?? last;
    return `Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}`;
  });
  return `M${first[0]} ${first[1]}${middle.join("")}L${last[0]} ${last[1]}`;
}
