import { useRefreshRecords, type Describe } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { useTranslation } from "react-i18next";
import { undoBatch } from "./calls";
import { loadBatchTexts } from "./texts";

/** Takes back what was done to many records, and says what was left because somebody changed it since. */
export function useBatchUndo({ app, key: form }: Pick<Describe, "app" | "key">): (batch: number) => void {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const refresh = useRefreshRecords();
  const run = async (batch: number): Promise<void> => {
    try {
      const [{ undone, left }] = await Promise.all([undoBatch(app, form, batch), loadBatchTexts()]);
      const said = t("batch.undone", { count: undone, shown: format.number(undone) });
      showToast({ text: left > 0 ? `${said} ${t("batch.left", { count: left, shown: format.number(left) })}` : said });
    } catch (error) {
      showToast({ text: errorText(error) });
    }
    await refresh();
  };
  return (batch) => void run(batch);
}
