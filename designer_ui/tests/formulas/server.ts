/**
 * Computes expressions for the tests of the Python side, one JSON line in, one out:
 * {"core", "record", "context"} gives {"value"} or {"error"}; {"twins": true} the names of all operations;
 * {"typed", "field"} what the entry form takes something typed into a field for: {"value"}, or {} to ask the server.
 */
import { createInterface } from "node:readline";
import { Clock, Context, Day, Duration, Moment, Problem, decimal, evaluate, isList, isNumber, isoDate, isoTime, plain, readCalendar, readClock, readDay, readMoment, splitMicros, twins, type Core, type Value, type WrittenCalendar } from "../../src/model/formulas";
import { typedValue } from "../../src/model/live/typed";
import type { FieldInfo, Json } from "../../src/api";

interface Question {
  readonly twins?: boolean;
  readonly typed?: Json;
  readonly field?: FieldInfo;
  readonly core: Core;
  readonly record: Readonly<Record<string, Written>>;
  readonly context: { readonly now: string; readonly time_zone: string; readonly user_id: number | null; readonly department_ids: readonly number[]; readonly organisation_id: number | null; readonly roles: readonly string[]; readonly calendar: WrittenCalendar };
}

type Written = null | boolean | string | number | readonly Written[] | { readonly [kind: string]: string };

function read(written: Written): Value {
  if (written === null || typeof written !== "object") return written;
  if (isWrittenList(written)) return written.map(read);
  const [kind = "", text = ""] = Object.entries(written)[0] ?? [];
  if (kind === "number") return decimal(text);
  if (kind === "date") return readDay(text);
  return kind === "time" ? readClock(text) : readMoment(text);
}

function isWrittenList(written: Written): written is readonly Written[] {
  return Array.isArray(written);
}

function fraction(micros: number): string {
  const rest = micros % 1_000_000;
  return rest ? `.${String(rest).padStart(6, "0")}` : "";
}

function write(value: Value): Written {
  if (isNumber(value)) return { number: plain(value) };
  if (value instanceof Day) return { date: isoDate(value.days) };
  if (value instanceof Clock) return { time: isoTime(value.micros) + fraction(value.micros) };
  if (value instanceof Duration) return { duration: String(value.micros) };
  if (value instanceof Moment) {
    const { days, micros } = splitMicros(value.micros);
    return { datetime: `${isoDate(days)}T${isoTime(micros)}${fraction(micros)}Z` };
  }
  return isList(value) ? value.map(write) : value;
}

function answer(question: Question): unknown {
  if (question.twins) return [...twins.keys()];
  if (question.field) {
    const typed = typedValue(question.field, question.typed);
    return typed === undefined ? {} : { value: write(typed) };
  }
  const { now, time_zone, user_id, department_ids, organisation_id, roles, calendar } = question.context;
  const record = new Map(Object.entries(question.record).map(([key, value]) => [key, read(value)]));
  const value = evaluate(question.core, record, new Context(readMoment(now), time_zone, user_id, department_ids, roles, readCalendar(calendar), organisation_id));
  return value instanceof Problem ? { error: value.code } : { value: write(value) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let result: unknown;
  try {
    result = answer(JSON.parse(line) as Question);
  } catch (error) {
    result = { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
