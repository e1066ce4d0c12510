/** What is offered at the cursor, best first. */
import type { Label } from "@/api";
import type { Context } from "./context";
import { findFunctions, type FunctionInfo } from "./functions";
import { formBehind, labelOf, stepsOf, type FormNames, type NameInfo, type Names, type PathStep, type ShowLabel } from "./names";

export interface Candidate {
  readonly kind: "field" | "relation" | "function" | "option";
  /** What a person reads. */
  readonly label: string;
  /** The type of a field, or the name of a function again. */
  readonly type?: string;
  /** The text that takes the place of `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  /** A relation was passed: there is more to choose at once. */
  readonly goesOn: boolean;
  readonly function?: FunctionInfo;
}

const MOST = 60;
/** Fields of related records are offered for a word of so many letters. */
const FAR_FROM = 2;

export function candidatesAt(context: Context, names: Names, functions: readonly FunctionInfo[], show: ShowLabel): readonly Candidate[] {
  if (context.kind === "none") return [];
  if (context.kind === "option") return options(context, names, show);
  if (context.kind === "path") return inBraces(context, names, show).slice(0, MOST);
  return words(context, names, functions, show).slice(0, MOST);
}

function inBraces(context: Context & { kind: "path" }, names: Names, show: ShowLabel): readonly Candidate[] {
  const form = formBehind(names, context.before);
  if (!form) return [];
  const before = context.before.length > 0 ? (stepsOf(names, context.before.join(".")) ?? []) : [];
  const { from, to } = context;
  return matching(form, context.typed, show).flatMap(({ key, info }) => {
    const label = labelOf([...before, { key, info }], show);
    const whole: Candidate = { kind: info.leads_to ? "relation" : "field", label, type: typeOf(info), insert: `${key}}`, from, to, goesOn: false };
    return info.leads_to ? [{ ...whole, label: `${label} ›`, insert: `${key}.`, goesOn: true }, whole] : [whole];
  });
}

function words(context: Context & { kind: "word" }, names: Names, functions: readonly FunctionInfo[], show: ShowLabel): readonly Candidate[] {
  const { from, to, typed } = context;
  const place = { from, to };
  const own = formBehind(names, []);
  const near = own ? matching(own, typed, show) : [];
  const far = own && typed.length >= FAR_FROM ? behindRelations(names, own, typed, show) : [];
  const fields = near.map((step) => asField([step], place, show));
  const called = calls(functions, typed).map((one): Candidate => ({
    ...place,
    kind: "function",
    label: one.name,
    insert: `${one.name}()`,
    goesOn: false,
    function: one,
  }));
  // Nothing typed: fields first, for most expressions begin with one. A function's own name comes before what only contains it.
  const exact = called.filter((one) => typed !== "" && one.label.startsWith(typed.toUpperCase()));
  return [...exact, ...fields, ...far.map((steps) => asField(steps, place, show)), ...called.filter((one) => !exact.includes(one))];
}

function asField(steps: readonly PathStep[], place: { from: number; to: number }, show: ShowLabel): Candidate {
  const info = steps.at(-1)?.info;
  const path = steps.map(({ key }) => key).join(".");
  const goesOn = info?.leads_to !== undefined;
  const label = labelOf(steps, show);
  return { ...place, kind: goesOn ? "relation" : "field", label: goesOn ? `${label} ›` : label, type: info ? typeOf(info) : "", insert: goesOn ? `{${path}.` : `{${path}}`, goesOn };
}

function typeOf({ type, item, leads_to: form, many }: NameInfo): string {
  if (form !== undefined) return many ? `list of ${form} record` : `${form} record`;
  return item === undefined ? type : `list of ${item}`;
}

function calls(functions: readonly FunctionInfo[], typed: string): readonly FunctionInfo[] {
  if (typed === "") return functions;
  const wanted = typed.toUpperCase();
  const first = functions.filter(({ name }) => name.startsWith(wanted));
  return [...first, ...findFunctions(functions, typed).filter((one) => !first.includes(one))];
}

function behindRelations(names: Names, own: FormNames, typed: string, show: ShowLabel): readonly (readonly PathStep[])[] {
  return Object.entries(own.names).flatMap(([key, info]) => {
    const form = info.leads_to === undefined ? undefined : names.forms[info.leads_to];
    return form ? matching(form, typed, show).map((step) => [{ key, info }, step]) : [];
  });
}

/** Names whose label (in either language) or key has what was typed; those that begin with it come first. */
function matching(form: FormNames, typed: string, show: ShowLabel): readonly PathStep[] {
  const wanted = typed.toLowerCase();
  const ranked = Object.entries(form.names).flatMap(([key, info]) => {
    const rank = rankOf([show(info.label), info.label.en, info.label.zh, key], wanted);
    return rank === null ? [] : [{ key, info, rank }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ key, info }) => ({ key, info }));
}

function rankOf(texts: readonly string[], wanted: string): number | null {
  if (wanted === "" || texts.some((text) => text.toLowerCase().startsWith(wanted))) return 0;
  return texts.some((text) => text.toLowerCase().includes(wanted)) ? 1 : null;
}

function options(context: Context & { kind: "option" }, names: Names, show: ShowLabel): readonly Candidate[] {
  const found = stepsOf(names, context.path)?.at(-1)?.info.options;
  if (!found) return [];
  const wanted = context.typed.toLowerCase();
  const fits = (key: string, label: Label): boolean => [key, label.en, label.zh].some((text) => text.toLowerCase().includes(wanted));
  return Object.entries(found)
    .filter(([key, label]) => fits(key, label))
    .map(([key, label]) => ({ kind: "option", label: show(label), type: key, insert: `"${context.prefix}${key}"`, from: context.from, to: context.to, goesOn: false }));
}
