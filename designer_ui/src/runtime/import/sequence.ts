/** In which order several files go in: what is named before what names it. */

/** A file: the form it goes into, and the forms that its mapped relations point at. */
export interface Named {
  readonly form: string;
  readonly names: readonly string[];
}

/** The files so that each stands after those whose forms it names; files that name each other stay as they came. */
export function inOrder<T extends Named>(files: readonly T[]): readonly T[] {
  const waiting = [...files];
  const done: T[] = [];
  while (waiting.length > 0) {
    const forms = new Set(waiting.map((file) => file.form));
    const free = waiting.findIndex((file) => !file.names.some((name) => name !== file.form && forms.has(name)));
    done.push(...waiting.splice(Math.max(free, 0), 1));
  }
  return done;
}
