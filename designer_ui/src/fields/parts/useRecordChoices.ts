/** What the picker of a relation offers: what was used lately, then everything else, page by page. */
import { useDescribes } from "@/api";
import { isBlank, shownType, type InputProps } from "@/catalogue/registry";
import { conditionValues } from "@/model/relation";
import { useFormat } from "@/ui/format";
import { useTranslation } from "react-i18next";
import { useChoices, type Choice } from "./choices";
import { useSettled } from "./useSettled";

export interface Offer extends Choice {
  readonly title: string | null;
  readonly detail: string;
  /** Under which heading it stands; undefined where there is only one kind. */
  readonly group: string | undefined;
}

/** Typing asks the server when it pauses, ms. */
const PAUSE = 200;

export function useRecordChoices({ place, values }: InputProps, targets: readonly string[], conditions: readonly (string | undefined)[], typed: string, opened: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useChoices(place, targets, conditionValues(conditions, values), useSettled(typed, PAUSE).trim(), opened);
  const described = useDescribes(place.app, targets.filter((target) => found.columns[target]?.length));
  const detailOf = ({ form, record }: Choice): string =>
    (found.columns[form] ?? [])
      .flatMap((key) => {
        const [value, field] = [record[key], described.get(form)?.fields[key] ?? described.get(form)?.system_fields[key]];
        return field && value !== undefined && !isBlank(value) ? [shownType(field).text(value, field, format)] : [];
      })
      .join(" · ");
  const offer = (choices: readonly Choice[], group: string | undefined): readonly Offer[] =>
    choices.map((choice) => ({ ...choice, title: choice.record.title, detail: detailOf(choice), group }));
  const both = found.recent.length > 0 && found.others.length > 0;
  return {
    offers: [...offer(found.recent, found.recent.length > 0 ? t("fields.relation.recent") : undefined), ...offer(found.others, both ? t("fields.relation.all") : undefined)],
    loading: found.loading,
    more: found.more,
  };
}
