/** Two people edited the same lines: what each of them did, and what saving one's own over the other's takes. */
import type { FieldInfo, HistoryChange, Json, LineChange, Values } from "@/api";
import { isComputed, jsonOfLines, lineFields, linesOf, newLine, storedLines } from "./line";

type Same = (one: Json | undefined, other: Json | undefined) => boolean;

/** The lines of a value with all that is known of each: what is stored, and over it what was typed. */
function wholeLines(value: Json | undefined, base: Json | undefined): readonly { readonly id: number | null; readonly values: Values }[] {
  const stored = new Map([...storedLines(base), ...storedLines(value)]);
  return linesOf(value).map(({ id, typed }) => ({ id, values: { ...(id === null ? {} : stored.get(id)), ...typed } }));
}

/** What became of the lines of `base` in another value, as the history tells it; computed fields follow from the rest. */
export function linesBetween(field: FieldInfo, base: Json | undefined, value: Json | undefined, same: Same): readonly LineChange[] {
  const { fields, order } = lineFields(field);
  const open = order.filter((key) => fields[key] && !isComputed(fields[key]));
  const changesOf = (old: Values, now: Values): HistoryChange[] =>
    open.filter((key) => !same(old[key], now[key])).map((key) => ({ field: key, label: fields[key]?.label ?? key, old: old[key] ?? null, new: now[key] ?? null }));
  const before = wholeLines(base, base);
  const after = wholeLines(value, base);
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const stays = new Set(after.map(({ id }) => id));
  const removed = before.flatMap(({ id, values }, position): LineChange[] =>
    stays.has(id) ? [] : [{ id: id ?? 0, kind: "removed", position, changes: changesOf(values, {}) }]);
  const others = after.flatMap(({ id, values }, position): LineChange[] => {
    const was = id === null ? undefined : places.get(id);
    if (was === undefined) return [{ id: id ?? -position - 1, kind: "added", position, changes: changesOf({}, values) }];
    const changes = changesOf(before[was]?.values ?? {}, values);
    return changes.length ? [{ id: id ?? 0, kind: "changed", position, changes }] : [];
  });
  return [...removed, ...others];
}

/**
 * My lines as they are saved over those of somebody else: what he changed in them is mine again, and what he removed
 * is a new line.
 */
export function linesOver(field: FieldInfo, base: Json | undefined, mine: Json | undefined, current: Json | undefined, same: Same): Json {
  const { fields } = lineFields(field);
  const open = Object.keys(fields).filter((key) => fields[key] && !isComputed(fields[key]) && !fields[key].read_only);
  const [began, now] = [storedLines(base), storedLines(current)];
  return jsonOfLines(linesOf(mine).map((line) => {
    const before = line.id === null ? undefined : began.get(line.id);
    if (line.id === null || before === undefined) return line;
    const there = now.get(line.id);
    const mineAgain = open.filter((key) => (there ? !same(before[key], there[key]) : (before[key] ?? null) !== null));
    const typed = { ...Object.fromEntries(mineAgain.map((key) => [key, before[key] ?? null])), ...line.typed };
    return there ? { ...line, typed } : newLine(typed);
  }));
}
