/** A view as cards with a picture, a title and chosen fields; only those on the screen are drawn. */
import type { ListQuery, RecordJson } from "@/api";
import { captionFields } from "@/catalogue/caption";
import { formatSort, type CardField, type GallerySettings } from "@/model/view";
import { rowWindow } from "@/ui/rowWindow";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { CountLabel } from "../list/CountLabel";
import { fieldsOf, visibleColumns } from "../list/fields";
import { EmptyList } from "../list/EmptyList";
import { ListError } from "../list/ListError";
import { useRecordPages } from "../list/records";
import { leaveTrail } from "../list/trail";
import type { ListHandle } from "../list/useListState";
import { useRecordColors } from "../list/useMarks";
import { Card } from "./Card";
import { columnsIn, GAP, measuresOf, nextCard } from "./measures";
import "./gallery.css";

const PAGE = 60;
/** Fields on a card whose view names none. */
const USUAL_FIELDS = 4;

interface Props {
  readonly list: ListHandle;
  readonly settings: GallerySettings;
  readonly label: string;
  readonly children: (count: ReactNode, body: ReactNode) => ReactNode;
}

/** The fields on a card: the chosen ones, else the first columns that are not badges or the picture already. */
function cardFields({ describe, state }: ListHandle, settings: GallerySettings): readonly CardField[] {
  const fields = fieldsOf(describe);
  const chosen = settings.fields.filter((item) => item.field in fields);
  if (settings.fields.length > 0) return chosen;
  const other = visibleColumns(state.columns, fields).filter((key) => !settings.badges.includes(key) && !["image", "subform"].includes(fields[key]?.type ?? "") && !describe.title.includes(`{${key}}`));
  return other.slice(0, USUAL_FIELDS).map((field) => ({ field, label: true, size: "normal" }));
}

export function Gallery({ list, settings, label, children }: Props) {
  const { describe, state, where } = list;
  const { app, key: form } = describe;
  const fields = useMemo(() => cardFields(list, settings), [list, settings]);
  const query = useMemo<ListQuery>(() => {
    const wanted = [...fields.map((item) => item.field), ...settings.badges, ...captionFields(settings.title), ...(settings.cover ? [settings.cover] : [])];
    return {
      filter: where || undefined,
      sort: formatSort(state.sort) || undefined,
      search: state.search || undefined,
      fields: visibleColumns(wanted, fieldsOf(describe)),
      limit: PAGE,
      count: "capped",
    };
  }, [fields, settings, where, state.sort, state.search, describe]);
  const pages = useRecordPages(app, form, query);
  const { pathname, search } = useLocation();
  useEffect(() => leaveTrail({ app, form, query, from: pathname + search }), [app, form, query, pathname, search]);
  const records = useMemo<readonly RecordJson[]>(() => pages.data?.pages.flatMap((page) => page.records) ?? [], [pages.data]);
  const colors = useRecordColors(app, form, records, state.colors);
  const countLabel = <CountLabel app={app} form={form} query={query} count={pages.data?.pages[0]?.count} />;
  if (pages.error && records.length === 0) return children(null, <ListError list={list} error={pages.error} onRetry={() => void pages.refetch()} />);
  if (!pages.isPending && records.length === 0) return children(countLabel, <EmptyList list={list} />);
  return children(
    countLabel,
    pages.isPending ? (
      <Skeleton lines={12} />
    ) : (
      <Cards
        label={label}
        records={records}
        settings={settings}
        fields={fields}
        busy={pages.isFetching}
        hasMore={pages.hasNextPage}
        onMore={() => void pages.fetchNextPage()}
        draw={(record, frame) => <Card describe={describe} record={record} settings={settings} fields={fields} color={colors(record).row} {...frame} />}
      />
    ),
  );
}

interface CardFrame {
  readonly cover: number;
  readonly focused: boolean;
}

interface CardsProps {
  readonly label: string;
  readonly records: readonly RecordJson[];
  readonly settings: GallerySettings;
  readonly fields: readonly CardField[];
  readonly busy: boolean;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly draw: (record: RecordJson, frame: CardFrame) => ReactNode;
}

/** The next page is fetched when so much is left below, px. */
const NEAR = 800;

function Cards({ label, records, settings, fields, busy, hasMore, onMore, draw }: CardsProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [frame, setFrame] = useState({ width: 0, height: 0, scrollTop: 0 });
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const { cover, height } = measuresOf(settings, fields);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => setFrame({ width: element.clientWidth, height: element.clientHeight, scrollTop: element.scrollTop });
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    measure();
    return () => {
      watcher.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, []);
  const columns = columnsIn(frame.width, settings.size);
  const row = height + GAP;
  const rows = Math.ceil(records.length / columns);
  const near = hasMore && !busy && frame.height > 0 && rows * row - frame.scrollTop - frame.height < NEAR;
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (near) more.current();
  }, [near, records.length]);
  const here = Math.min(active, records.length - 1);
  useEffect(() => {
    if (!wantsFocus.current) return;
    const link = box.current?.querySelector<HTMLElement>(`[data-place="${here}"] a`);
    if (!link) return;
    wantsFocus.current = false;
    link.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextCard(event.key, here, columns, records.length);
    if (next === here) return;
    event.preventDefault();
    const top = Math.floor(next / columns) * row;
    const element = box.current;
    if (element && top < element.scrollTop) element.scrollTop = top;
    else if (element && top + row > element.scrollTop + element.clientHeight) element.scrollTop = top + row - element.clientHeight;
    wantsFocus.current = true;
    setActive(next);
  };
  const [first, last] = rowWindow(frame, row, rows);
  const shown = records.slice(first * columns, (last + 1) * columns);
  return (
    <div ref={box} className="gallery" aria-busy={busy} onKeyDown={onKeyDown}>
      <ul aria-label={label} style={{ height: Math.max(0, rows * row - GAP) }}>
        {shown.map((record, index) => {
          const place = first * columns + index;
          return (
            <li
              key={record.id}
              data-place={place}
              aria-setsize={hasMore ? -1 : records.length}
              aria-posinset={place + 1}
              style={{ top: Math.floor(place / columns) * row, height, left: `calc((100% + ${GAP}px) / ${columns} * ${place % columns})`, width: `calc((100% + ${GAP}px) / ${columns} - ${GAP}px)` }}
              onFocus={() => setActive(place)}
            >
              {draw(record, { cover, focused: place === here })}
            </li>
          );
        })}
      </ul>
      {hasMore ? <p className="gallery-end"><Button loading={busy} onClick={onMore}>{t("ui.loadMore")}</Button></p> : null}
    </div>
  );
}
