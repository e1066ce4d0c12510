import { useRefreshRecords, type Describe } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useTranslation } from "react-i18next";
import { loadBatchTexts } from "./texts";

/** Takes back what was done to many records, the last first, and says what was left because somebody changed it since. */
export function useBatchUndo({ app, key: form }: Pick<Describe, "app" | "key">): (...batches: readonly number[]) => void {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const refresh = useRefreshRecords();
  const run = async (batches: readonly number[]): Promise<void> => {
    try {
      const [{ undoBatch }] = await Promise.all([import("./calls"), loadBatchTexts()]);
      const sum = { undone: 0, left: 0 };
      for (const batch of batches.toReversed()) {
        const { undone, left } = await undoBatch(app, form, batch);
        sum.undone += undone;
        sum.left += left;
      }
      const said = t("batch.undone", { count: sum.undone, shown: format.number(sum.undone) });
      showToast({ text: sum.left > 0 ? `${said} ${t("batch.left", { count: sum.left, shown: format.number(sum.left) })}` : said });
    } catch (error) {
      showToast({ text: errorText(error) });
    }
    await refresh();
  };
  return (...batches) => void run(batches);
}
