/** How many records the list holds: capped first ("1,000+"), exactly on demand. */
import type { Count, ListQuery } from "@/api";
import { useFormat } from "@/ui/format";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useExactCount } from "./records";

interface Props {
  readonly app: string;
  readonly form: string;
  readonly query: ListQuery;
  readonly count: Count | null | undefined;
}

export function CountLabel({ app, form, query, count }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = JSON.stringify([query.filter, query.search]);
  const [wanted, setWanted] = useState<string | null>(null);
  const { filter, search } = query;
  const exact = useExactCount(app, form, { filter, search }, wanted === asked);
  const best = wanted === asked && exact.data ? exact.data : count;
  if (!best) return null;
  const text = t("list.count", { count: best.value, shown: `${format.number(best.value)}${best.exact ? "" : "+"}` });
  if (best.exact) return <span className="list-count num">{text}</span>;
  return (
    <button
      type="button"
      className="list-count num"
      title={t("list.countExactly")}
      aria-label={`${text}. ${t("list.countExactly")}`}
      aria-busy={exact.isFetching}
      onClick={() => setWanted(asked)}
    >
      {text}
    </button>
  );
}
