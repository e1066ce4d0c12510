import type { ReactNode } from "react";
import { create } from "zustand";

export interface Question {
  readonly title: string;
  readonly content?: ReactNode;
  /** The verb on the button that goes on. */
  readonly okText: string;
  /** On the button that does not; "Cancel" when missing. */
  readonly cancelText?: string;
  readonly danger?: boolean;
  /** The dialog stays open, busy, until this is done. */
  readonly onOk: () => unknown;
}

export const useQuestion = create<{ readonly question: Question | null }>(() => ({ question: null }));

/** Asks before something that cannot be taken back lightly. */
export function ask(question: Question): void {
  useQuestion.setState({ question });
}
