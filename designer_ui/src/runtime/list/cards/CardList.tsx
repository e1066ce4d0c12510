/** The list on a phone: one card per record with the first columns of the view, in the list's groups. */
import type { RecordJson } from "@/api";
import type { RecordColors } from "@/model/view";
import { useFormat } from "@/ui/format";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Overall } from "../grid/GridFooter";
import type { GridItem } from "../grid/types";
import type { Total } from "../totals";
import type { ListHandle } from "../useListState";
import { blocksOf } from "./blocks";
import { CardGroup } from "./CardGroup";
import { CardTotals } from "./CardTotals";
import { RecordCard } from "./RecordCard";
import "./cards.css";

interface Props {
  readonly list: ListHandle;
  readonly label: string;
  readonly items: readonly GridItem[];
  readonly colors: (record: RecordJson) => RecordColors;
  readonly totals: readonly Total[];
  /** The totals over all records of the list; null while they are on their way. */
  readonly overall: Overall | null;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
  readonly onToggleGroup: (key: string) => void;
  readonly onMoreOf: (group: string) => void;
}

export function CardList({ list, label, items, colors, totals, overall, hasMore, loading, onMore, onToggleGroup, onMoreOf }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = useEnd(hasMore && !loading, onMore);
  return (
    <div className="card-list">
      {totals.length > 0 ? (
        <section className="card-overall">
          <h2>{overall ? t("list.total.all", { count: overall.count, shown: format.number(overall.count) }) : t("list.total.title")}</h2>
          <CardTotals describe={list.describe} totals={totals} values={overall?.totals ?? {}} />
        </section>
      ) : null}
      {blocksOf(items).map(({ group, lines }) => (
        <section key={group?.key ?? "all"} className="card-block">
          {group ? <CardGroup describe={list.describe} group={group} totals={totals} onToggle={onToggleGroup} /> : null}
          <ul aria-label={group ? undefined : label}>
            {lines.map((item) => (
              <li key={item.key}>
                {item.kind === "record" ? (
                  <RecordCard list={list} record={item.record} colors={colors(item.record)} level={group ? group.level + 2 : 2} />
                ) : item.kind === "more" ? (
                  <Button block loading={item.loading} onClick={() => onMoreOf(item.group)}>
                    {t("list.group.more", { shown: format.number(item.rest) })}
                  </Button>
                ) : (
                  <div className="record-card card-wait"><Skeleton lines={3} /></div>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div ref={end} className="card-end">
        {hasMore ? <Button loading={loading} onClick={onMore}>{t("ui.loadMore")}</Button> : null}
      </div>
    </div>
  );
}

/** Watches the end of the list, and asks for more before it is seen. */
function useEnd(waiting: boolean, onReached: () => void) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || !waiting) return undefined;
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onReached();
    }, { rootMargin: "400px" });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [waiting, onReached]);
  return end;
}
