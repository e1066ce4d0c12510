/** What an editor of expressions asks the server. */
import { get, post, type ApiIssue, type Json } from "@/api";
import type { FunctionInfo, Names } from "@/model/expression";
import { useQuery } from "@tanstack/react-query";

const MINUTES = 60_000;

/** What an expression is about: a form as published, or as the draft of the app has it. */
export interface Subject {
  readonly app: string;
  readonly form: string;
  readonly draft?: boolean;
  /** JSON pointer of the expression of the draft in whose place this one is to stand. */
  readonly place?: string;
  /** The form of the record in hand, behind `$form`. */
  readonly record?: string | undefined;
}

export const namesKey = ["expression-names"] as const;

export function useNames({ app, form, draft = false, record }: Subject) {
  return useQuery({
    queryKey: [...namesKey, app, form, draft, record],
    // An empty form is left out, which asks for the names of all.
    queryFn: ({ signal }) => get<Names>("/formulas/names", { app, form, draft: draft || undefined, record }, signal),
    staleTime: 5 * MINUTES,
  });
}

export function useFunctions(language: string) {
  return useQuery({
    queryKey: ["functions", language],
    queryFn: ({ signal }) => get<{ functions: FunctionInfo[] }>("/formulas/functions", undefined, signal).then((answer) => answer.functions),
    staleTime: Infinity,
  });
}

export interface Checked {
  readonly type: string | null;
  readonly issues: readonly ApiIssue[];
}

/** What must come out of an expression that is to stand in the place of another, the server knows from there. */
export function checkExpression({ app, form, draft, place }: Subject, formula: string, expects: string | undefined, signal?: AbortSignal): Promise<Checked> {
  return post<Checked>("/formulas/check", { formula, app, form, draft, ...(place === undefined ? (expects === undefined ? {} : { expects }) : { place }) }, signal);
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export interface Outcome {
  readonly type: string;
  readonly value: Json;
  readonly error: Failure | null;
}

/** A part of the expression with its place in the text, in characters. */
export interface Step extends Outcome {
  readonly position: number;
  readonly length: number;
  /** Of a list: its items in all; `value` has the first. */
  readonly count: number | null;
}

export interface Evaluated extends Outcome {
  readonly steps: readonly Step[];
}

export function evaluateExpression({ app, form }: Subject, formula: string, record: number, signal?: AbortSignal): Promise<Evaluated> {
  return post<Evaluated>("/formulas/evaluate", { formula, app, form, record, steps: true }, signal);
}
