import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/ui/format";
import { SearchBox } from "../list/toolbar/SearchBox";
import "../list/list.css";
import { FilterMenu, FilterTabs } from "./SavedFilters";
import { useTaskFacets } from "./calls";
import type { TaskPlace } from "./place";

/** Narrows a box: by words, app, workflow, who set it going, and whether it is late. */
export function TaskFilters({ place }: { place: TaskPlace }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { box, app, query, set } = place;
  const facets = useTaskFacets(box, app).data;
  const choose = (name: string, label: string, value: string | undefined, options: readonly { readonly value: string; readonly label: string }[]) => (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      options={[...options]}
      value={value}
      onChange={(next: string | undefined) => set(name, next)}
      popupMatchSelectWidth={false}
    />
  );
  return (
    <>
      <FilterTabs place={place} />
      <div className="tasks-filters" role="search">
        <SearchBox value={query.search ?? ""} onChange={(text) => set("search", text)} label={t("tasks.search")} />
        <FilterMenu place={place} />
        {app === undefined && (facets?.apps.length ?? 0) > 1
          ? choose("app", t("tasks.app"), query.app, (facets?.apps ?? []).map(({ key, label }) => ({ value: key, label: format.label(label) })))
          : null}
        {choose("workflow", t("tasks.workflow"), query.workflow, (facets?.workflows ?? []).map(({ key, label }) => ({ value: key, label: format.label(label) })))}
        {box === "started" ? null : choose("initiator", t("tasks.initiator"), query.initiator?.toString(), (facets?.initiators ?? []).map(({ id, name }) => ({ value: String(id), label: name })))}
        {box === "todo" ? (
          <button type="button" className="tasks-toggle" aria-pressed={query.overdue === true} onClick={() => set("overdue", query.overdue ? undefined : "1")}>{t("tasks.onlyLate")}</button>
        ) : null}
      </div>
    </>
  );
}
