/** Offers fields along relations, functions and options while somebody types. */
import { candidatesAt, contextAt, typeLabel, type Candidate, type Context as Place } from "@/model/expression";
import { autocompletion, closeCompletion, completionKeymap, pickedCompletion, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { ViewPlugin, keymap, type EditorView, type ViewUpdate } from "@codemirror/view";
import { functionHelp } from "./help";
import { lexicon, type Lexicon } from "./lexicon";

/** Tells when names and functions have arrived, for whoever asked before. */
const arrival = ViewPlugin.fromClass(
  class {
    private waiting: ((known: Lexicon) => void)[] = [];
    update({ state }: ViewUpdate): void {
      const known = state.facet(lexicon);
      if (!known.complete) return;
      for (const tell of this.waiting.splice(0)) tell(known);
    }
    wait(): Promise<Lexicon> {
      return new Promise((resolve) => this.waiting.push(resolve));
    }
  },
);

function source(context: CompletionContext): CompletionResult | null | Promise<CompletionResult | null> {
  const place = contextAt(context.state.doc.toString(), context.pos);
  if (place.kind === "none" || (place.kind === "word" && place.typed === "" && !context.explicit)) return null;
  const known = context.state.facet(lexicon);
  const coming = known.complete ? undefined : context.view?.plugin(arrival)?.wait();
  if (!coming) return offersAt(place, known);
  // What is typed meanwhile asks anew.
  context.addEventListener("abort", () => undefined, { onDocChange: true });
  return coming.then((arrived) => offersAt(place, arrived));
}

function offersAt(place: Exclude<Place, { readonly kind: "none" }>, known: Lexicon): CompletionResult | null {
  const options = candidatesAt(place, known.names, known.functions, known.show).map((candidate, index, all) => asCompletion(candidate, known, all.length - index));
  return options.length === 0 ? null : { from: place.from, to: place.to, options, filter: false, update: goOn };
}

/** What is typed on narrows the list at once: while one is being renewed, Enter would begin a new line. */
function goOn(_before: CompletionResult, _from: number, _to: number, context: CompletionContext): CompletionResult | null {
  const next = source(context);
  return next instanceof Promise ? null : next;
}

function asCompletion(candidate: Candidate, known: Lexicon, boost: number): Completion {
  const { function: info } = candidate;
  return {
    label: candidate.label,
    type: candidate.kind,
    boost,
    detail: detailOf(candidate, known),
    ...(info ? { info: () => functionHelp(info) } : {}),
    apply: (view, completion) => take(view, candidate, completion),
  };
}

function detailOf({ kind, type = "", function: info }: Candidate, known: Lexicon): string {
  if (info) return info.category_label;
  return kind === "option" ? type : typeLabel(known.names, type, known.show, known.listOf);
}

function take(view: EditorView, candidate: Candidate, completion: Completion): void {
  const { from, to, insert } = candidate;
  const isCall = candidate.kind === "function";
  // A name in front of a bracket is only exchanged.
  const called = isCall && view.state.sliceDoc(to, to + 1) === "(";
  const text = called ? insert.slice(0, -2) : insert;
  const inside = isCall && !called && (candidate.function?.parameters.length ?? 0) > 0;
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length + (called ? 1 : inside ? -1 : 0) },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
  if (candidate.goesOn) startCompletion(view);
}

/** Escape that closed the list closes nothing around it. */
const escape = { key: "Escape", run: closeCompletion, stopPropagation: true };

export const completion = [
  arrival,
  autocompletion({ override: [source], icons: false, defaultKeymap: false, interactionDelay: 0, maxRenderedOptions: 60, optionClass: (one) => `x-offer x-offer-${one.type ?? ""}` }),
  Prec.highest(keymap.of([escape, ...completionKeymap.filter(({ key }) => key !== "Escape")])),
];
