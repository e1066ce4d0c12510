/** Which view of a form a person used last, remembered by the browser. */
const STORAGE = "joinery.lastView";

type Remembered = Readonly<Record<string, string>>;

const keyOf = (person: number, app: string, form: string): string => `${person}/${app}/${form}`;

function stored(): Remembered {
  try {
    const value = JSON.parse(localStorage.getItem(STORAGE) ?? "{}") as unknown;
    return typeof value === "object" && value !== null ? (value as Remembered) : {};
  } catch {
    return {};
  }
}

export function lastView(person: number, app: string, form: string): string | null {
  const key = stored()[keyOf(person, app, form)];
  return typeof key === "string" ? key : null;
}

export function rememberView(person: number, app: string, form: string, view: string): void {
  try {
    localStorage.setItem(STORAGE, JSON.stringify({ ...stored(), [keyOf(person, app, form)]: view }));
  } catch {
    // Storage may be switched off: then every visit begins with the form's first view.
  }
}
