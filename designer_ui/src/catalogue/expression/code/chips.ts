/** Fields as chips: the text keeps `{account.level}`, the screen shows "Account › Level". */
import { pathLabel } from "@/model/expression";
import { startCompletion } from "@codemirror/autocomplete";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { lexicon } from "./lexicon";

class Chip extends WidgetType {
  constructor(
    private readonly path: string,
    private readonly label: string,
  ) {
    super();
  }

  override eq(other: Chip): boolean {
    return other.path === this.path && other.label === this.label;
  }

  toDOM(): HTMLElement {
    const chip = document.createElement("span");
    chip.className = "x-chip";
    chip.title = `{${this.path}}`;
    chip.textContent = this.label;
    return chip;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const decorator = new MatchDecorator({
  regexp: /\{([^{}\n]*)\}/g,
  decoration: (match, view) => {
    const { names, show } = view.state.facet(lexicon);
    const path = (match[1] ?? "").trim();
    const label = pathLabel(names, path, show);
    return label === null ? Decoration.mark({ class: "x-unknown" }) : Decoration.replace({ widget: new Chip(path, label) });
  },
});

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorator.createDeco(view);
    }

    update(update: ViewUpdate): void {
      const other = update.startState.facet(lexicon) !== update.state.facet(lexicon);
      this.decorations = other ? decorator.createDeco(update.view) : decorator.updateDeco(update, this.decorations);
    }
  },
  {
    decorations: (value) => value.decorations,
    // The cursor passes a chip in one step, and one key takes it away; what is unknown stays open to correction.
    provide: (value) =>
      EditorView.atomicRanges.of((view) => view.plugin(value)?.decorations.update({ filter: (_from, _to, mark) => mark.spec.widget !== undefined }) ?? Decoration.none),
  },
);

/** A point behind the chip of a relation goes on along it: `{account}` and "." make `{account.`. */
const goesOn = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== "." || from !== to || from === 0 || view.state.sliceDoc(from - 1, from) !== "}") return false;
  const line = view.state.sliceDoc(0, from);
  const path = /\{([^{}\n]*)\}$/.exec(line)?.[1]?.trim();
  const { names } = view.state.facet(lexicon);
  const form = path?.split(".").reduce<string | undefined>((at, key) => (at === undefined ? undefined : names.forms[at]?.names[key.trim()]?.leads_to), names.form);
  if (form === undefined) return false;
  view.dispatch({ changes: { from: from - 1, to, insert: "." }, selection: { anchor: from }, userEvent: "input.type" });
  startCompletion(view);
  return true;
});

export const chips = [plugin, goesOn];
