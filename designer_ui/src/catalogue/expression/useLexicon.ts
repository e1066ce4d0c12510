import type { FunctionInfo, Names } from "@/model/expression";
import { useFormat } from "@/ui/format";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFunctions, useNames, type Subject } from "./calls";
import type { Lexicon } from "./code/lexicon";

const NO_NAMES: Names = { form: "", forms: {}, types: {} };
const NO_FUNCTIONS: readonly FunctionInfo[] = [];

/** Names and functions of an expression in the reader's language; empty until they have arrived. */
export function useLexicon(subject: Subject): Lexicon {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames(subject).data ?? NO_NAMES;
  const functions = useFunctions(format.language).data ?? NO_FUNCTIONS;
  return useMemo(
    () => ({ names, functions, show: format.label, listOf: (item: string) => t("expression.listOf", { item }) }),
    [names, functions, format, t],
  );
}
