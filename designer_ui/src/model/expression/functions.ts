/** Functions as the server lists them, in the reader's language. */
export interface FunctionInfo {
  readonly name: string;
  readonly category: string;
  readonly category_label: string;
  readonly signature: string;
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly optional: boolean; readonly repeated: boolean }[];
  readonly help: string;
  readonly examples: readonly { readonly formula: string; readonly value: string }[];
}

/** What to write of the parameter of the argument `index`: repeated ones take all that follow. */
export function parameterAt(info: FunctionInfo, index: number): number | null {
  if (index < info.parameters.length) return index;
  const last = info.parameters.length - 1;
  return info.parameters[last]?.repeated ? last : null;
}

/** A signature in pieces, so that one parameter can be set off. */
export function signatureParts(info: FunctionInfo): readonly string[] {
  return info.parameters.map(({ name, optional, repeated }) => (repeated ? `${name}, …` : optional ? `[${name}]` : name));
}

/** Functions whose name or help has the words, in the order of the list. */
export function findFunctions(functions: readonly FunctionInfo[], text: string): readonly FunctionInfo[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return functions;
  const named = functions.filter(({ name }) => name.toLowerCase().includes(wanted));
  return [...named, ...functions.filter((one) => !named.includes(one) && one.help.toLowerCase().includes(wanted))];
}
