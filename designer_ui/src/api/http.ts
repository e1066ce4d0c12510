import type { ApiIssue } from "./types";

export const API = "/api/v1";

/** An answer that is not a success: the server's problem document, or a broken connection (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly issues: readonly ApiIssue[] = [],
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

let csrfToken: string | null = null;
let language: string | null = null;
let onSignedOut: () => void = () => undefined;
let onProposed: (run: number) => void = () => undefined;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Sent as Accept-Language, so that messages come in the language of the screen. */
export function setRequestLanguage(value: string): void {
  language = value;
}

/** Called when a call is refused because the session has ended. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Called when something that was to be saved waits for approval instead, with the run of the workflow. */
export function whenProposed(listener: (run: number) => void): void {
  onProposed = listener;
}

export type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** `path` with a query string; empty values are left out. */
export function address(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    search.set(key, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = search.toString();
  return `${API}${path}${text ? `?${text}` : ""}`;
}

interface Options {
  readonly method?: string;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly signal?: AbortSignal | undefined;
}

/** One call of the API; throws ApiError for everything but a 2xx answer. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const { method = "GET", query, body, form, signal } = options;
  const headers = headersOf(method);
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers,
      credentials: "same-origin",
      body: form ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "offline", "");
  }
  if (!response.ok) throw problemOf(response.status, await response.text(), path);
  if (response.status === 204) return undefined as T;
  const answer = (await response.json()) as T;
  const run = response.status === 202 ? (answer as { readonly $proposed?: number }).$proposed : undefined;
  if (run !== undefined) onProposed(run);
  return answer;
}

export function headersOf(method: string): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (language) headers["Accept-Language"] = language;
  if (method !== "GET" && csrfToken) headers["X-CSRF-Token"] = csrfToken;
  return headers;
}

/** An answer that is no success as an error; `text` is its body. */
export function problemOf(status: number, text: string, path: string): ApiError {
  let details: Record<string, unknown> = {};
  try {
    details = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not our server's words: a proxy's page, or nothing. The status has to do.
  }
  const { code, detail, issues, ...rest } = details;
  if (status === 401 && path !== "/session") onSignedOut();
  return new ApiError(
    status,
    typeof code === "string" ? code : `http_${status}`,
    typeof detail === "string" ? detail : "",
    Array.isArray(issues) ? (issues as ApiIssue[]) : [],
    rest,
  );
}

export const get = <T>(path: string, query?: Readonly<Record<string, QueryValue>>, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { query, signal });
export const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { method: "POST", body, signal });
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>(path, { method: "PATCH", body });
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>(path, { method: "PUT", body });
export const remove = <T = void>(path: string, query?: Readonly<Record<string, QueryValue>>): Promise<T> =>
  request<T>(path, { method: "DELETE", query });
export const upload = <T>(path: string, form: FormData, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { method: "POST", form, signal });

/** The address of a form's calls. */
export function formPath(app: string, form: string, rest = ""): string {
  return `/apps/${encodeURIComponent(app)}/forms/${encodeURIComponent(form)}${rest}`;
}
