/** List state, view and URL: the view gives the start, the URL holds what differs from it. */
import type { ColorRule } from "./colors";
import { asKind, asMode, parseSettings, settingsOfView, settingsText, SETTINGS, type KindSettings } from "./kinds";
import type { QuickChoices } from "./quick";
import { formatSort, parseSort } from "./sort";
import { formatTotals, parseTotals, type Totals } from "./totals";
import type { ViewJson } from "@/api";
import type { ListChange, ListState } from "./types";

const NO_VALUE = "-";

export function stateOfView(view: ViewJson): ListState {
  return {
    view: view.key,
    kind: view.kind,
    ...settingsOfView(view),
    day: null,
    mode: null,
    search: "",
    filter: view.filter ?? "",
    sort: parseSort(view.sort),
    groupBy: view.kind === "kanban" ? "" : (view.group_by ?? ""),
    totals: (view.totals ?? null) as Totals,
    colors: view.colors ?? [],
    quickFields: (view.quick_filters ?? []).map((item) => item.field),
    quick: Object.fromEntries((view.quick_filters ?? []).flatMap(({ field, value }) => (value ? [[field, value]] : []))),
    columns: view.columns,
    widths: view.column_widths ?? {},
    frozen: view.frozen ?? 1,
  };
}

/** The state a link stands for; a parameter that is not there leaves the view's own setting. */
export function stateFromUrl(parameters: URLSearchParams, view: ViewJson): ListState {
  const base = stateOfView(view);
  const text = (name: string, fallback: string): string => {
    const value = parameters.get(name);
    if (value === null) return fallback;
    return value === NO_VALUE ? "" : value;
  };
  return {
    ...base,
    kind: asKind(parameters.get("as")) ?? base.kind,
    ...settingsFrom(parameters, base),
    day: dayOf(parameters.get("day")),
    mode: asMode(parameters.get("mode")),
    search: parameters.get("search") ?? "",
    filter: text("filter", base.filter),
    sort: parseSort(text("sort", formatSort(base.sort))),
    groupBy: text("group", base.groupBy),
    totals: parameters.get("totals") === null ? base.totals : parseTotals(parameters.get("totals") ?? ""),
    colors: parseColors(parameters.get("colors")) ?? base.colors,
    quickFields: quickFieldsFrom(parameters, base.quickFields),
    quick: quickFrom(parameters, base.quick),
    columns: listOf(parameters.get("columns")) ?? base.columns,
    widths: parseWidths(parameters.get("widths")) ?? base.widths,
    frozen: numberOf(parameters.get("frozen")) ?? base.frozen,
  };
}

/** The shortest link to a state. `-` says "none" where the view itself has something. */
export function urlFromState(state: ListState, view: ViewJson): URLSearchParams {
  const base = stateOfView(view);
  const parameters = new URLSearchParams();
  parameters.set("view", view.key);
  const put = (name: string, value: string, usual: string): void => {
    if (value !== usual) parameters.set(name, value === "" ? NO_VALUE : value);
  };
  put("as", state.kind, base.kind);
  for (const name of SETTINGS) put(name, settingsText(state[name]), settingsText(base[name]));
  if (state.day !== null) parameters.set("day", state.day);
  if (state.mode !== null) parameters.set("mode", state.mode);
  if (state.search !== "") parameters.set("search", state.search);
  put("filter", state.filter, base.filter);
  put("sort", formatSort(state.sort), formatSort(base.sort));
  put("group", state.groupBy, base.groupBy);
  put("totals", totalsText(state.totals), totalsText(base.totals));
  put("colors", colorsText(state.colors), colorsText(base.colors));
  put("quick", state.quickFields.join(","), base.quickFields.join(","));
  for (const key of new Set([...Object.keys(base.quick), ...Object.keys(state.quick)])) {
    put(`${QUICK}${key}`, state.quick[key] ?? "", base.quick[key] ?? "");
  }
  put("columns", state.columns.join(","), base.columns.join(","));
  put("widths", formatWidths(state.widths), formatWidths(base.widths));
  put("frozen", String(state.frozen), String(base.frozen));
  return parameters;
}

/** Whether saving the view would change it; a search and the day a calendar was opened at are never part of a view. */
export function differsFromView(state: ListState, view: ViewJson): boolean {
  const parameters = urlFromState({ ...state, search: "", day: null, mode: null }, view);
  return [...parameters.keys()].some((key) => key !== "view");
}

export function applyChange(state: ListState, change: ListChange): ListState {
  return { ...state, ...change };
}

/** The body that saves a state as a view. */
export function viewBody(state: ListState, label: string, shared: boolean): Record<string, unknown> {
  const board = state.kind === "kanban" ? state.board : null;
  return {
    label,
    shared,
    kind: state.kind,
    columns: state.columns,
    column_widths: state.widths,
    frozen: state.frozen,
    filter: state.filter === "" ? null : state.filter,
    sort: state.sort.length === 0 ? null : formatSort(state.sort),
    group_by: (board ? board.by : state.groupBy) || null,
    totals: state.totals,
    colors: state.colors,
    quick_filters: state.quickFields.map((field) => ({ field, value: state.quick[field] ?? null })),
    ...(board ? { card: board.card, measure: board.measure } : {}),
    calendar: state.calendar,
    gallery: state.gallery,
    tree: state.tree,
  };
}

function settingsFrom(parameters: URLSearchParams, base: KindSettings): KindSettings {
  const read = <Name extends keyof KindSettings>(name: Name): KindSettings[Name] => {
    const text = parameters.get(name);
    return text === null ? base[name] : parseSettings(name, text);
  };
  return { board: read("board"), calendar: read("calendar"), gallery: read("gallery"), tree: read("tree") };
}

const dayOf = (text: string | null): string | null => (text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null);

/** Before the name of a quick filter's field in the address. */
const QUICK = "q.";

function quickFrom(parameters: URLSearchParams, base: QuickChoices): QuickChoices {
  const choices = { ...base };
  for (const [name, value] of parameters) {
    if (!name.startsWith(QUICK)) continue;
    const field = name.slice(QUICK.length);
    if (value === NO_VALUE || value === "") delete choices[field];
    else choices[field] = value;
  }
  return choices;
}

function quickFieldsFrom(parameters: URLSearchParams, base: readonly string[]): readonly string[] {
  const text = parameters.get("quick");
  if (text === null) return base;
  return listOf(text) ?? [];
}

const totalsText = (totals: Totals): string => (totals === null ? "usual" : formatTotals(totals));

const colorsText = (colors: readonly ColorRule[]): string =>
  colors.length === 0 ? "" : JSON.stringify(colors.map(({ when, color, field }) => [when, color, field]));

/** Rules from the address; null when it has none or they cannot be read. */
function parseColors(text: string | null): readonly ColorRule[] | null {
  if (text === null) return null;
  if (text === NO_VALUE) return [];
  try {
    const rules = JSON.parse(text) as unknown;
    if (!Array.isArray(rules)) return null;
    return rules.flatMap((rule): ColorRule[] => {
      const [when, color, field] = Array.isArray(rule) ? (rule as unknown[]) : [];
      if (typeof when !== "string" || typeof color !== "string") return [];
      return [{ when, color, field: typeof field === "string" ? field : null }];
    });
  } catch {
    return null;
  }
}

function listOf(text: string | null): readonly string[] | null {
  const keys = (text ?? "").split(",").filter((key) => key !== "" && key !== NO_VALUE);
  return keys.length === 0 ? null : [...new Set(keys)];
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,2}$/.test(text) ? Number(text) : null;
}

const NARROWEST = 64;
const WIDEST = 800;

export function clampWidth(width: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)));
}

function formatWidths(widths: Readonly<Record<string, number>>): string {
  return Object.entries(widths).map(([key, width]) => `${key}:${width}`).sort().join(",");
}

function parseWidths(text: string | null): Readonly<Record<string, number>> | null {
  if (text === null) return null;
  const pairs = text.split(",").map((pair) => pair.split(":"));
  return Object.fromEntries(
    pairs.flatMap(([key, width]) => (key && width && /^\d{1,4}$/.test(width) ? [[key, clampWidth(Number(width))]] : [])),
  );
}
