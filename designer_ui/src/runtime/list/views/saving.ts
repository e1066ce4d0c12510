/** Saved views: the calls, and which views a person may change. */
import { formPath, keys, patch, post, remove, type ViewJson } from "@/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export type ViewBody = Readonly<Record<string, unknown>>;

/** Views of the definition belong to the app; a person changes only her own. */
export function isOwnView(view: ViewJson): boolean {
  return view.source !== "app" && view.id !== undefined && view.mine !== false;
}

export function useViewCalls(app: string, form: string) {
  const client = useQueryClient();
  const refresh = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.describe(app, form) }),
      client.invalidateQueries({ queryKey: keys.app(app) }),
    ]);
  };
  const path = (id?: number): string => formPath(app, form, id === undefined ? "/views" : `/views/${id}`);
  const create = useMutation({ mutationFn: (body: ViewBody) => post<ViewJson>(path(), body), onSuccess: refresh });
  const update = useMutation({
    mutationFn: ({ id, body }: { id: number; body: ViewBody }) => patch<ViewJson>(path(id), body),
    onSuccess: refresh,
  });
  const drop = useMutation({ mutationFn: (id: number) => remove(path(id)), onSuccess: refresh });
  return { create, update, drop };
}
