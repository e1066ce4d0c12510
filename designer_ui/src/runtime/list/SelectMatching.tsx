/** All loaded rows are selected, but the list has more: says so and offers the rest. */
import type { ListQuery } from "@/api";
import { useErrorText } from "@/ui/ErrorView";
import { useFormat } from "@/ui/format";
import { showToast } from "@/ui/toast";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { allMatching, MOST_SELECTED } from "./batches";
import { useExactCount } from "./records";
import type { Meant } from "./batch/calls";
import type { Selection } from "./grid/useSelection";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly query: ListQuery;
  readonly selection: Selection;
  /** Edits records that are not selected one by one, where that is allowed. */
  readonly onEdit: ((meant: Meant) => void) | undefined;
}

export function SelectMatching({ app, form, query, selection, onEdit }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const [loading, setLoading] = useState(false);
  const { filter, search } = query;
  const matching = useExactCount(app, form, { filter, search }, true).data?.value;
  const loaded = selection.records.size;
  const run = async (): Promise<void> => {
    setLoading(true);
    try {
      selection.setAll(await allMatching(app, form, query));
    } catch (error) {
      showToast({ text: errorText(error) });
    } finally {
      setLoading(false);
    }
  };
  if (matching === undefined || matching <= loaded) return null;
  if (matching > MOST_SELECTED) {
    return (
      <>
        <span className="muted">{t("list.select.tooMany", { loaded: format.number(loaded), most: format.number(MOST_SELECTED) })}</span>
        {onEdit ? (
          <Button size="small" type="link" onClick={() => onEdit({ count: matching, filter, search })}>
            {t("list.select.editMatching", { count: matching, shown: format.number(matching) })}
          </Button>
        ) : null}
      </>
    );
  }
  return (
    <>
      <span className="muted">{t("list.select.loadedOnly", { count: loaded, shown: format.number(loaded) })}</span>
      <Button size="small" type="link" loading={loading} onClick={() => void run()}>
        {t("list.select.matching", { count: matching, shown: format.number(matching) })}
      </Button>
    </>
  );
}
