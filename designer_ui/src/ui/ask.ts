import { create } from "zustand";

export interface Question {
  readonly title: string;
  readonly content?: string;
  /** The verb on the button that goes on. */
  readonly okText: string;
  readonly danger?: boolean;
  /** The dialog stays open, busy, until this is done. */
  readonly onOk: () => unknown;
}

export const useQuestion = create<{ readonly question: Question | null }>(() => ({ question: null }));

/** Asks before something that cannot be taken back lightly. */
export function ask(question: Question): void {
  useQuestion.setState({ question });
}
