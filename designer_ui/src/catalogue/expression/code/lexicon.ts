/** What the editor knows at the moment: names, functions, and how labels read. */
import type { FunctionInfo, Names, ShowLabel } from "@/model/expression";
import { Facet } from "@codemirror/state";

export interface Lexicon {
  readonly names: Names;
  readonly functions: readonly FunctionInfo[];
  readonly show: ShowLabel;
  readonly listOf: (item: string) => string;
  /** False as long as names or functions are still on their way. */
  readonly complete: boolean;
}

const NOTHING: Lexicon = {
  names: { form: "", forms: {}, types: {} },
  functions: [],
  show: (label) => label.en,
  listOf: (item) => item,
  complete: false,
};

export const lexicon = Facet.define<Lexicon, Lexicon>({ combine: (values) => values[0] ?? NOTHING });
