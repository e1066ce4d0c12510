/** What can be undone and done again of anything that is changed by making a new one. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** What the last change was about: typing on in the same place is one step. */
  readonly about: string | null;
}

const MOST = 200;

export const begin = <State>(present: State): History<State> => ({ past: [], present, future: [], about: null });

export function changed<State>(history: History<State>, present: State, about: string | null = null): History<State> {
  if (present === history.present) return history;
  if (about !== null && about === history.about) return { ...history, present, future: [] };
  return { past: [...history.past, history.present].slice(-MOST), present, future: [], about };
}

export function undone<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  return before === undefined ? history : { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], about: null };
}

export function redone<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.present], present: next, future, about: null };
}
