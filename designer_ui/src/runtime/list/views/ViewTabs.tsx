/** The views of a form as a row of tabs; what does not fit scrolls, and the menu acts on the open one. */
import type { ViewJson } from "@/api";
import type { ViewKind } from "@/model/view";
import { useFormat } from "@/ui/format";
import { IconBinaryTree, IconCalendar, IconLayoutGrid, IconLayoutKanban, IconTable, IconUsers, IconUser } from "@tabler/icons-react";
import { useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { ViewMenu } from "./ViewMenu";
import { ViewOverflow } from "./ViewOverflow";

const KINDS: Readonly<Partial<Record<ViewKind, typeof IconTable>>> = {
  kanban: IconLayoutKanban, calendar: IconCalendar, gallery: IconLayoutGrid, tree: IconBinaryTree,
};

function ViewIcon({ view, kind }: { view: ViewJson; kind: ViewKind }) {
  const Kind = KINDS[kind];
  if (Kind) return <Kind size={16} stroke={1.7} aria-hidden />;
  if (view.source === "shared") return <IconUsers size={16} stroke={1.7} aria-hidden />;
  if (view.source === "personal") return <IconUser size={16} stroke={1.7} aria-hidden />;
  return <IconTable size={16} stroke={1.7} aria-hidden />;
}

interface Props {
  readonly list: ListHandle;
  /** The view whose tab the keyboard moves to: every view draws tabs of its own, and the focus goes along. */
  readonly focusNext: RefObject<string | null>;
}

export function ViewTabs({ list, focusNext }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = useRef<HTMLDivElement>(null);
  const { views, view, openView } = list;
  useEffect(() => {
    const element = row.current;
    if (!element) return undefined;
    const reveal = (): void =>
      element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const watcher = new ResizeObserver(reveal);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [view.key]);
  useEffect(() => {
    if (focusNext.current !== view.key) return;
    focusNext.current = null;
    row.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [view.key, focusNext]);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    // From the tab with the focus: the page of the view before may still be on its way.
    const from = (event.currentTarget as HTMLElement).dataset["view"];
    const at = views.findIndex((item) => item.key === from) + step;
    const next = views[(at + views.length) % views.length];
    if (!next) return;
    focusNext.current = next.key;
    openView(next.key);
  };
  return (
    <div className="list-views">
      <div className="list-tabs" role="tablist" aria-label={t("list.view.all")} ref={row}>
        {views.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            data-view={item.key}
            aria-selected={item === view}
            aria-controls="list-content"
            tabIndex={item === view ? 0 : -1}
            className="list-tab"
            onClick={() => openView(item.key)}
            onKeyDown={move}
          >
            <ViewIcon view={item} kind={item === view ? list.state.kind : item.kind} />
            <span>{format.label(item.label)}</span>
          </button>
        ))}
      </div>
      <ViewOverflow row={row} views={views} current={view.key} onOpen={openView} />
      <ViewMenu list={list} />
    </div>
  );
}
