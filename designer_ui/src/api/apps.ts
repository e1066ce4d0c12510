import { useMutation, useQueries, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { formPath, get, post } from "./http";
import { keys } from "./keys";
import type { AppInfo, AppSummary, Describe, SearchResult } from "./types";

const MINUTES = 60_000;

export function useApps() {
  return useQuery({
    queryKey: keys.apps,
    queryFn: ({ signal }) => get<{ apps: AppSummary[] }>("/apps", undefined, signal).then((answer) => answer.apps),
    staleTime: 5 * MINUTES,
  });
}

export function useApp(app: string) {
  return useQuery({
    queryKey: keys.app(app),
    queryFn: ({ signal }) => get<AppInfo>(`/apps/${encodeURIComponent(app)}`, undefined, signal),
    staleTime: 5 * MINUTES,
    enabled: app !== "",
  });
}

/** Installs a suite that comes with the product; answers with the app's key. */
export function useInstallSuite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (suite: string) => post<{ readonly app: string }>("/suites/install", { suite }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apps }),
  });
}

const describeQuery = (app: string, form: string) => ({
  queryKey: keys.describe(app, form),
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => get<Describe>(formPath(app, form, "/describe"), undefined, signal),
  staleTime: 5 * MINUTES,
});

/** The form's definition, from what is known already or from the server. */
export const getDescribe = (client: QueryClient, app: string, form: string): Promise<Describe> => client.fetchQuery(describeQuery(app, form));

/** The form's definition as this person may see it. */
export function useDescribe(app: string, form: string) {
  return useQuery({
    ...describeQuery(app, form),
    enabled: app !== "" && form !== "",
    // While a job works on values, its end has to be noticed.
    refetchInterval: (query) => (query.state.data?.updating.length ? 4000 : false),
  });
}

/** The same of several forms, by form, as far as they are known already. */
export function useDescribes(app: string, forms: readonly string[]): ReadonlyMap<string, Describe> {
  const found = useQueries({ queries: forms.map((form) => describeQuery(app, form)) });
  return new Map(forms.flatMap((form, index) => (found[index]?.data ? [[form, found[index].data] as const] : [])));
}

export function useSearch(text: string) {
  return useQuery({
    queryKey: keys.search(text),
    queryFn: ({ signal }) =>
      get<{ results: SearchResult[] }>("/search", { q: text, limit: 20 }, signal).then((answer) => answer.results),
    enabled: text.trim().length > 1,
    placeholderData: (before) => before,
  });
}
