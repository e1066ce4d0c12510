/** Where entries stand: bars in the lanes of a week, boxes beside each other in the columns of a day. */
import { addDays, daysBetween } from "./days";
import type { Entry } from "./entries";

export interface Bar {
  readonly entry: Entry;
  /** Day of the week it begins at, from 0, and how many days it covers in this week. */
  readonly column: number;
  readonly span: number;
  readonly lane: number;
  /** It began before this week, or goes on after it. */
  readonly before: boolean;
  readonly after: boolean;
}

const inOrder = (one: Entry, other: Entry): number =>
  one.first.localeCompare(other.first) ||
  other.last.localeCompare(one.last) ||
  (one.from ?? -1) - (other.from ?? -1) ||
  one.record.id - other.record.id;

/** The bars of `count` days from `first` on; no two that share a day share a lane. */
export function layBars(entries: readonly Entry[], first: string, count = 7): readonly Bar[] {
  const last = addDays(first, count - 1);
  const lanes: number[] = [];
  return [...entries]
    .filter((entry) => entry.first <= last && entry.last >= first)
    .sort(inOrder)
    .map((entry) => {
      const column = Math.max(0, daysBetween(first, entry.first));
      const end = Math.min(count - 1, daysBetween(first, entry.last));
      const free = lanes.findIndex((taken) => taken < column);
      const lane = free === -1 ? lanes.length : free;
      lanes[lane] = end;
      return { entry, column, span: end - column + 1, lane, before: entry.first < first, after: entry.last > last };
    });
}

export interface Box {
  readonly entry: Entry;
  readonly from: number;
  readonly to: number;
  /** Its place among `columns` beside each other. */
  readonly column: number;
  readonly columns: number;
}

/** Entries of which there is no room beside the others: how many, and when. */
export interface Crowd {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface DayLayout {
  readonly boxes: readonly Box[];
  readonly crowds: readonly Crowd[];
}

type Placed = Omit<Box, "columns">;

/** The boxes of one day; those that overlap stand beside each other, at most `most` of them. */
export function layBoxes(entries: readonly Entry[], day: string, most: number): DayLayout {
  const clusters = clustersOf(
    entries
      .flatMap((entry) => (entry.first === day && entry.from !== null && entry.to !== null ? [{ entry, from: entry.from, to: Math.max(entry.to, entry.from + 1) }] : []))
      .sort((one, other) => one.from - other.from || other.to - one.to || one.entry.record.id - other.entry.record.id),
  );
  const laid = clusters.map((cluster) => {
    const columns = 1 + Math.max(...cluster.map((item) => item.column));
    if (columns <= most) return { boxes: cluster.map((item) => ({ ...item, columns })), crowds: [] };
    // The last column is that of the word that there are more.
    const [shown, rest] = [cluster.filter((item) => item.column < most - 1), cluster.filter((item) => item.column >= most - 1)];
    const crowd = { from: Math.min(...rest.map((item) => item.from)), to: Math.max(...rest.map((item) => item.to)), count: rest.length };
    return { boxes: shown.map((item) => ({ ...item, columns: most })), crowds: [crowd] };
  });
  return { boxes: laid.flatMap((one) => one.boxes), crowds: laid.flatMap((one) => one.crowds) };
}

/** Entries in the order in which they begin, put together as far as they overlap. */
function clustersOf(timed: readonly Omit<Placed, "column">[]): readonly (readonly Placed[])[] {
  const clusters: Placed[][] = [];
  let ends: number[] = [];
  for (const item of timed) {
    if (ends.every((end) => end <= item.from)) {
      clusters.push([]);
      ends = [];
    }
    const free = ends.findIndex((end) => end <= item.from);
    const column = free === -1 ? ends.length : free;
    ends[column] = item.to;
    clusters.at(-1)?.push({ ...item, column });
  }
  return clusters;
}

/** How many bars of each day do not fit into so many lanes. */
export function hiddenBars(bars: readonly Bar[], lanes: number, count = 7): readonly number[] {
  return Array.from({ length: count }, (_, day) => bars.filter(({ column, span, lane }) => lane >= lanes && column <= day && day < column + span).length);
}
