import type { ListQuery, RelatedQuery } from "./types";

/** Query keys: everything about a form starts with ["form", app, form], so a save can refresh all of it. */
export const keys = {
  session: ["session"] as const,
  apps: ["apps"] as const,
  app: (app: string) => ["app", app] as const,
  form: (app: string, form: string) => ["form", app, form] as const,
  describe: (app: string, form: string) => ["describe", app, form] as const,
  records: (app: string, form: string, query: ListQuery) => ["form", app, form, "records", query] as const,
  record: (app: string, form: string, id: number) => ["form", app, form, "record", id] as const,
  history: (app: string, form: string, id: number) => ["form", app, form, "history", id] as const,
  related: (app: string, form: string, id: number, inverse: string, query: RelatedQuery) =>
    ["form", app, form, "related", id, inverse, query] as const,
  relatedCount: (app: string, form: string, id: number, inverse: string, filter: string | null) =>
    ["form", app, form, "related-count", id, inverse, filter] as const,
  timeline: (app: string, form: string, id: number, kinds: string) => ["form", app, form, "timeline", id, kinds] as const,
  files: (app: string, form: string, id: number) => ["form", app, form, "files", id] as const,
  mentions: ["mentions"] as const,
  copy: (app: string, form: string, id: number) => ["form", app, form, "copy", id] as const,
  deletion: (app: string, form: string, id: number) => ["form", app, form, "deletion", id] as const,
  search: (text: string) => ["search", text] as const,
  users: (text: string, external = false) => ["users", text, external] as const,
  organisations: ["organisations"] as const,
  departments: ["departments"] as const,
  lookup: (app: string, form: string, text: string, filter: string | undefined) =>
    ["form", app, form, "lookup", text, filter] as const,
};
