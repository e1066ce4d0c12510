/** Problems underlined in the text, and one part of the expression set off while somebody looks at its value. */
import type { Problem, Range } from "@/model/expression";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const underline = StateEffect.define<readonly Range[]>();
export const setOff = StateEffect.define<readonly Range[]>();

/** The explanation that opens over a problem; the line under it is drawn by `marked`, around chips too. */
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
  view.dispatch(setDiagnostics(view.state, shown), { effects: underline.of(problems) });
}

/** Marks ranges until the text changes. Inclusive ones, for only those reach around a chip that fills them. */
function marks(effect: typeof underline, className: string): StateField<DecorationSet> {
  const mark = Decoration.mark({ class: className, inclusive: true });
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(before, transaction) {
      let kept = transaction.docChanged ? Decoration.none : before;
      for (const one of transaction.effects) {
        if (!one.is(effect)) continue;
        const fitting = one.value.filter(({ from, to }) => from < to && to <= transaction.state.doc.length);
        kept = Decoration.set(fitting.map(({ from, to }) => mark.range(from, to)), true);
      }
      return kept;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

export const marked = [marks(underline, "x-wrong"), marks(setOff, "x-setoff")];
