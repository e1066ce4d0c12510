/** Problems underlined in the text, and one part of the expression set off while somebody looks at its value. */
import type { Problem, Range } from "@/model/expression";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

export function showProblems(view: EditorView, problems: readonly Problem[], fixText: (insert: string) => string): void {
  const length = view.state.doc.length;
  const shown = problems.map(({ from, to, message, fix }): Diagnostic => ({
    from: Math.min(from, length),
    to: Math.min(to, length),
    severity: "error",
    message,
    ...(fix
      ? { actions: [{ name: fixText(fix.insert), apply: (at) => at.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.insert }, userEvent: "input.fix" }) }] }
      : {}),
  }));
  view.dispatch(setDiagnostics(view.state, shown));
}

export const setOff = StateEffect.define<Range | null>();

export const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let kept = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(setOff)) continue;
      const { value } = effect;
      const fits = value !== null && value.from < value.to && value.to <= transaction.state.doc.length;
      kept = fits ? Decoration.set([Decoration.mark({ class: "x-setoff" }).range(value.from, value.to)]) : Decoration.none;
    }
    return kept;
  },
  provide: (value) => EditorView.decorations.from(value),
});
