/** Formulas that are wanted again and again, written from a few choices. */
import { formBehind, isMany, stepsOf, type NameInfo, type Names, type PathStep } from "./names";

export const RECIPES = ["lookup", "total", "count", "latest"] as const;
export type Recipe = (typeof RECIPES)[number];

export interface RecipeCondition {
  /** A field of the related records. */
  readonly field: string;
  readonly operator: "=" | "<>" | ">" | "<";
  /** As an expression: `"won"`, `100`, `TRUE`. */
  readonly value: string;
}

export interface RecipeChoices {
  readonly recipe: Recipe;
  /** The path of the relation: "account", "orders". */
  readonly relation: string;
  /** What is looked up or added up; not for counting. */
  readonly field: string | null;
  /** What says which record is the latest. */
  readonly by: string | null;
  readonly condition: RecipeCondition | null;
}

const NUMBERS = new Set(["number", "money", "percent"]);
const MOMENTS = new Set(["date", "datetime"]);

/** The formula, or null while a choice is missing. */
export function writeRecipe({ recipe, relation, field, by, condition }: RecipeChoices): string | null {
  const list = field === null ? null : `{${relation}.${field}}`;
  const test = condition && `{${relation}.${condition.field}} ${condition.operator} ${condition.value}`;
  const chosen = (values: string): string => (test === null ? values : `FILTER(${values}, ${test})`);
  switch (recipe) {
    case "lookup":
      return list;
    case "total":
      return list && `SUM(${chosen(list)})`;
    case "count":
      return `COUNTA(${chosen(`{${relation}}`)})`;
    case "latest": {
      if (list === null || by === null) return null;
      const moments = `{${relation}.${by}}`;
      return `FIRST(SORTBY(${chosen(list)}, ${chosen(moments)}, -1))`;
    }
  }
}

/** The relations a recipe can begin with: to one record for looking up, to many for all others; two steps at most. */
export function relationsFor(recipe: Recipe, names: Names): readonly string[] {
  const found: string[] = [];
  const visit = (before: readonly string[]): void => {
    for (const [key, info] of Object.entries(formBehind(names, before)?.names ?? {})) {
      if (info.leads_to === undefined) continue;
      const path = [...before, key];
      const many = isMany((stepsOf(names, path.join(".")) ?? []) as readonly PathStep[]);
      if (many === (recipe !== "lookup")) found.push(path.join("."));
      if (path.length < MOST_RELATIONS) visit(path);
    }
  };
  visit([]);
  return found.sort((one, other) => one.split(".").length - other.split(".").length);
}

const MOST_RELATIONS = 2;

export type FieldUse = "value" | "by" | "condition";

/** The fields of the related records that fit a place in a recipe. */
export function fieldsFor(recipe: Recipe, use: FieldUse, relation: string, names: Names): readonly (readonly [string, NameInfo])[] {
  const all = Object.entries(formBehind(names, relation.split("."))?.names ?? {}).filter(([, info]) => !info.many);
  if (use === "by") return all.filter(([, info]) => MOMENTS.has(info.type));
  if (use === "condition") return all.filter(([, info]) => info.leads_to === undefined && CONDITIONS.has(info.type));
  return recipe === "total" ? all.filter(([, info]) => NUMBERS.has(info.type)) : all;
}

const CONDITIONS = new Set(["text", "choice", "boolean", "number", "money", "percent"]);

/** A typed value of a condition as an expression; null when it is none of that type. */
export function conditionValue(info: NameInfo, typed: string): string | null {
  if (info.type === "boolean") return typed === "TRUE" || typed === "FALSE" ? typed : null;
  if (!NUMBERS.has(info.type)) return typed.trim() === "" ? null : `"${typed.trim().replaceAll("\\", "\\\\").replaceAll('"', '""')}"`;
  return /^-?\d+(\.\d+)?$/.test(typed.trim()) ? typed.trim() : null;
}

export const operatorsFor = (info: NameInfo): readonly RecipeCondition["operator"][] =>
  NUMBERS.has(info.type) ? ["=", "<>", ">", "<"] : ["=", "<>"];
