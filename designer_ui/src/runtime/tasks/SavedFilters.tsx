import { IconBookmark, IconHome2, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MenuButton, type MenuEntry } from "@/ui/MenuButton";
import { announce } from "@/ui/announce";
import { ask } from "@/ui/ask";
import { useErrorText } from "@/ui/ErrorView";
import { showToast } from "@/ui/toast";
import { FilterDialog } from "./FilterDialog";
import type { TaskPlace } from "./place";
import { filtersHere, isSame, narrowing, useSavedFilterCalls, useSavedFilters, type SavedFilter } from "./savedFilters";

/** The filters of this box that somebody keeps, each with how much it leaves. */
export function FilterTabs({ place }: { place: TaskPlace }) {
  const { t } = useTranslation();
  const here = filtersHere(useSavedFilters().data ?? [], place.box, place.app);
  if (here.length === 0) return null;
  const chip = (label: string, to: string, current: boolean, count: number | null, first: boolean) => (
    <Link key={to} to={to} replace aria-current={current ? "true" : undefined}>
      {first ? <IconHome2 size={14} aria-label={t("tasks.filter.opensFirst")} /> : null}
      <span className="ellipsis">{label}</span>
      {count ? <span className="tab-badge num">{count > 99 ? "99+" : count}</span> : null}
    </Link>
  );
  return (
    <nav className="tasks-saved" aria-label={t("tasks.filter.title")}>
      {chip(t("tasks.filter.all"), place.narrowedTo({}), place.narrowed === 0, null, false)}
      {here.map((one) => chip(one.label, place.narrowedTo(one.query), isSame(one.query, place.query, place.app), one.count, one.first))}
    </nav>
  );
}

/** Keeps the filters that are set under a name, and changes the one that is chosen. */
export function FilterMenu({ place }: { place: TaskPlace }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const here = filtersHere(useSavedFilters().data ?? [], place.box, place.app);
  const { change, drop } = useSavedFilterCalls();
  const [asking, setAsking] = useState<"save" | "rename" | null>(null);
  const current = here.find((one) => isSame(one.query, place.query, place.app));
  const tell = (text: string): void => {
    announce(text);
    showToast({ text });
  };
  const open = (one: SavedFilter): void => change.mutate({ id: one.id, first: !one.first }, { onSuccess: () => tell(t(one.first ? "tasks.filter.notFirstNow" : "tasks.filter.firstNow", { name: one.label })), onError: (error) => showToast({ text: errorText(error) }) });
  const forget = (one: SavedFilter): void =>
    ask({ title: t("tasks.filter.dropAsk", { name: one.label }), okText: t("tasks.filter.drop"), danger: true, onOk: () => drop.mutateAsync(one.id).then(() => tell(t("tasks.filter.dropped")), (error: unknown) => showToast({ text: errorText(error) })) });
  const save: MenuEntry = { key: "save", label: t("tasks.filter.save"), icon: <IconBookmark size={16} aria-hidden />, disabled: place.narrowed === 0 || current !== undefined, onSelect: () => setAsking("save") };
  const own: readonly MenuEntry[] = current
    ? [
        { key: "first", label: t(current.first ? "tasks.filter.notFirst" : "tasks.filter.first"), icon: <IconHome2 size={16} aria-hidden />, onSelect: () => open(current) },
        { key: "rename", label: t("tasks.filter.rename"), icon: <IconPencil size={16} aria-hidden />, onSelect: () => setAsking("rename") },
        { key: "drop", label: t("tasks.filter.drop"), icon: <IconTrash size={16} aria-hidden />, danger: true, onSelect: () => forget(current) },
      ]
    : [];
  return (
    <>
      <MenuButton label={t("tasks.filter.menu")} className="j-iconbutton bordered" groups={own.length ? [[save], own] : [[save]]}><IconBookmark size={18} aria-hidden /></MenuButton>
      {asking ? (
        <FilterDialog
          kept={here}
          renamed={asking === "rename" ? current : undefined}
          box={place.box}
          query={narrowing(place.app === undefined ? place.query : { ...place.query, app: place.app }, undefined)}
          onClose={() => setAsking(null)}
          onDone={tell}
        />
      ) : null}
    </>
  );
}
