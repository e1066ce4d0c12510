import type { ReactNode } from "react";
import { ApiError } from "@/api";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly issue?: string | undefined;
  readonly children: ReactNode;
}

/** A control with its label above, and below what helps or is wrong; the control carries `id`. */
export function Field({ id, label, help, issue, children }: Props) {
  return (
    <div className="set-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {help ? <p className="muted">{help}</p> : null}
      {issue ? <p className="set-issue" role="alert">{issue}</p> : null}
    </div>
  );
}

/** What the server found wrong at `path` or below it, in one text. */
export function issueAt(error: unknown, path: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const found = error.issues.filter((issue) => issue.path === path || issue.path.startsWith(`${path}/`)).map((issue) => issue.message);
  return found.length ? [...new Set(found)].join(" ") : undefined;
}

/** What is wrong with a call and belongs to none of the fields that are shown. */
export function otherIssues(error: unknown, paths: readonly string[]): readonly string[] {
  if (!(error instanceof ApiError)) return [];
  return error.issues.filter((issue) => !paths.some((path) => issue.path === path || issue.path.startsWith(`${path}/`))).map((issue) => issue.message);
}
