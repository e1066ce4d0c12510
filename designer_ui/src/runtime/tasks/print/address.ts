/** Most tasks that are printed at once: each is fetched whole. */
export const MOST_PRINTED = 50;

/** The numbers that stand in an address. */
export const idsIn = (text: string | null): readonly number[] => [...new Set((text ?? "").split(",").filter((one) => /^\d{1,15}$/.test(one)).map(Number))].slice(0, MOST_PRINTED);

/** Where the tasks of an app, or of all, stand. */
export const rootOf = (app: string | undefined): string => (app === undefined ? "/tasks" : `/a/${encodeURIComponent(app)}/-/tasks`);

/** The address of tasks on paper; `now` opens the browser's own dialog for printing, `next` is offered afterwards. */
export function printAddress(app: string | undefined, tasks: readonly number[], { now = false, next = null }: { readonly now?: boolean; readonly next?: number | null } = {}): string {
  return `${rootOf(app)}/print?tasks=${tasks.slice(0, MOST_PRINTED).join(",")}${now ? "&now=1" : ""}${next === null ? "" : `&next=${next}`}`;
}
