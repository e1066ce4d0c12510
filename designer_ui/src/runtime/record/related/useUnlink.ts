import { useTranslation } from "react-i18next";
import { useChangeList, type Describe, type RecordJson, type RelatedInfo } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";

/** Takes a record out of a related list; the message that follows puts it back. */
export function useUnlink(describe: Describe, record: RecordJson, related: RelatedInfo): (row: RecordJson) => void {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const change = useChangeList(describe.app, describe.key, record);
  const failed = (error: unknown) => showToast({ text: errorText(error) });
  return (row) => {
    const title = row.title || `#${row.id}`;
    const undo = () => void change.mutateAsync({ list: related.key, add: [row.id], confirm: "duplicates" }).catch(failed);
    change
      .mutateAsync({ list: related.key, remove: [row.id] })
      .then(() => showToast({ text: t("record.link.unlinked", { title }), action: { label: t("record.undo"), run: undo } }), failed);
  };
}
