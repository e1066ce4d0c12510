/** What an expression may use, as the server tells it, and how paths along relations read. */
import type { Label } from "@/api";

export interface NameInfo {
  readonly label: Label;
  readonly type: string;
  /** Of a list: the type of its items. */
  readonly item?: string;
  /** Of a relation: the form of the related records. */
  readonly leads_to?: string;
  readonly many?: boolean;
  readonly options?: Readonly<Record<string, Label>>;
}

export interface FormNames {
  readonly label: Label;
  readonly plural: Label;
  readonly names: Readonly<Record<string, NameInfo>>;
}

export interface Names {
  readonly form: string;
  readonly forms: Readonly<Record<string, FormNames>>;
  /** Every type in words. */
  readonly types: Readonly<Record<string, Label>>;
}

export interface PathStep {
  readonly key: string;
  readonly info: NameInfo;
}

export type ShowLabel = (label: Label) => string;

/** Relations in one path, as many as the server follows. */
export const MOST_STEPS = 6;
const BETWEEN = " › ";

/** The names at each part of a path ("account.level"); null when a part is unknown. */
export function stepsOf(names: Names, path: string): readonly PathStep[] | null {
  const steps: PathStep[] = [];
  let form: string | undefined = names.form;
  for (const key of path.split(".").map((part) => part.trim())) {
    const info: NameInfo | undefined = form === undefined ? undefined : names.forms[form]?.names[key];
    if (!info) return null;
    steps.push({ key, info });
    form = info.leads_to;
  }
  return steps;
}

/** The form whose fields stand behind a path of relations; the form itself for the empty path. */
export function formBehind(names: Names, path: readonly string[]): FormNames | null {
  if (path.length > MOST_STEPS) return null;
  let form: string | undefined = names.form;
  for (const key of path) form = form === undefined ? undefined : names.forms[form]?.names[key]?.leads_to;
  return form === undefined ? null : (names.forms[form] ?? null);
}

export function labelOf(steps: readonly PathStep[], show: ShowLabel): string {
  return steps.map(({ info }) => show(info.label)).join(BETWEEN);
}

/** A path as people read it, "Account › Level"; null when it leads nowhere. */
export function pathLabel(names: Names, path: string, show: ShowLabel): string | null {
  const steps = stepsOf(names, path);
  return steps && labelOf(steps, show);
}

/** Whether a path passes a relation to many, so that it stands for a list. */
export const isMany = (steps: readonly PathStep[]): boolean => steps.some(({ info }) => info.many === true);

/** A type of the server ("money", "list of choice", "account record") in words. */
export function typeLabel(names: Names, type: string, show: ShowLabel, listOf: (item: string) => string): string {
  if (type.startsWith("list of ")) return listOf(typeLabel(names, type.slice("list of ".length), show, listOf));
  const record = type.endsWith(" record") ? names.forms[type.slice(0, -" record".length)] : undefined;
  if (record) return show(record.label);
  const known = names.types[type];
  return known ? show(known) : type;
}
