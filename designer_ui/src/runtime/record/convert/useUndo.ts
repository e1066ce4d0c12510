import { useTranslation } from "react-i18next";
import { useUndoConversion, type Describe } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";

/** Undoes a conversion and says so, or why it cannot be undone. */
export function useUndo(describe: Describe, id: number) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const undo = useUndoConversion(describe.app, describe.key, id);
  // Awaited, not given as callbacks: what asked for it may be long gone by then.
  const run = (key: string): Promise<void> =>
    undo.mutateAsync(key).then(
      () => showToast({ text: t("convert.undone") }),
      (error: unknown) => showToast({ text: errorText(error) }),
    );
  return { run };
}
