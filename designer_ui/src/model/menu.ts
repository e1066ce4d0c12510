import type { AppInfo, MenuForm, MenuItem } from "@/api";

export function isGroup(item: MenuItem): item is Extract<MenuItem, { group: string }> {
  return "group" in item;
}

/** Every entry of an app's menu that leads to a form the person may see, in order. */
export function menuForms(app: AppInfo): readonly MenuForm[] {
  return app.menu.flatMap((item) => (isGroup(item) ? item.items : [item])).filter((item) => item.form in app.forms);
}

export function menuAddress(app: string, item: MenuForm): string {
  const view = item.view ? `?view=${encodeURIComponent(item.view)}` : "";
  return `/a/${encodeURIComponent(app)}/${encodeURIComponent(item.form)}${view}`;
}

/** The entry that stands for what is on the screen: the same view, else the form's plain entry, else its first. */
export function activeEntry(entries: readonly MenuForm[], form: string | undefined, view: string | null): MenuForm | undefined {
  const ofForm = entries.filter((entry) => entry.form === form);
  return ofForm.find((entry) => (entry.view ?? null) === view) ?? ofForm.find((entry) => !entry.view) ?? ofForm[0];
}
