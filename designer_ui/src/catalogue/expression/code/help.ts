/** A function explained beside its name, and its parameters while the cursor stands inside its brackets. */
import { callAt, parameterAt, signatureParts, type FunctionInfo } from "@/model/expression";
import { StateEffect, StateField, type EditorState } from "@codemirror/state";
import { keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { lexicon } from "./lexicon";

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function signature(info: FunctionInfo, current: number | null): HTMLElement {
  const line = element("div", "x-signature");
  line.append(element("b", "x-function", info.name), "(");
  signatureParts(info).forEach((part, index) => {
    if (index > 0) line.append(", ");
    line.append(index === current ? element("mark", "", part) : part);
  });
  line.append(")");
  return line;
}

export function functionHelp(info: FunctionInfo): HTMLElement {
  const box = element("div", "x-help");
  box.append(signature(info, null), element("p", "", info.help));
  const [example] = info.examples;
  if (example) {
    const line = element("p", "x-example");
    line.append(element("code", "", example.formula), " → ", element("code", "", example.value));
    box.append(line);
  }
  return box;
}

const dismiss = StateEffect.define<number>();

interface Hint {
  /** Where the call begins whose hint somebody closed. */
  readonly dismissed: number | null;
  readonly tooltip: Tooltip | null;
}

function hintAt(state: EditorState, dismissed: number | null): Hint {
  const { main } = state.selection;
  const call = main.empty ? callAt(state.doc.toString(), main.head) : null;
  const info = call && state.facet(lexicon).functions.find(({ name }) => name === call.name);
  if (!call || !info || info.parameters.length === 0) return { dismissed: null, tooltip: null };
  if (call.start === dismissed) return { dismissed, tooltip: null };
  const current = parameterAt(info, call.index);
  const parameter = current === null ? undefined : info.parameters[current];
  const create = () => {
    const dom = element("div", "x-hint");
    dom.append(signature(info, current));
    if (parameter) dom.append(element("span", "x-parameter", `${parameter.name}: ${parameter.type}`));
    return { dom };
  };
  return { dismissed: null, tooltip: { pos: call.start, above: true, create } };
}

const field = StateField.define<Hint>({
  create: (state) => hintAt(state, null),
  update(hint, transaction) {
    let dismissed = hint.dismissed;
    for (const effect of transaction.effects) if (effect.is(dismiss)) dismissed = effect.value;
    const changed = transaction.docChanged || transaction.selection !== undefined || dismissed !== hint.dismissed;
    const other = transaction.startState.facet(lexicon) !== transaction.state.facet(lexicon);
    return changed || other ? hintAt(transaction.state, dismissed) : hint;
  },
  provide: (value) => showTooltip.from(value, (hint) => hint.tooltip),
});

export const hints = [
  field,
  keymap.of([
    {
      key: "Escape",
      stopPropagation: true,
      run: (view) => {
        const { tooltip } = view.state.field(field);
        if (!tooltip) return false;
        view.dispatch({ effects: dismiss.of(tooltip.pos) });
        return true;
      },
    },
  ]),
];
