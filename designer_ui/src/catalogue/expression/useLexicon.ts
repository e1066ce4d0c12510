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
  const { data: names = NO_NAMES, isPending: namesCome } = useNames(subject);
  const { data: functions = NO_FUNCTIONS, isPending: functionsCome } = useFunctions(format.language);
  const complete = !namesCome && !functionsCome;
  return useMemo(
    () => ({ names, functions, show: format.label, listOf: (item: string) => t("expression.listOf", { item }), complete }),
    [names, functions, format, t, complete],
  );
}
