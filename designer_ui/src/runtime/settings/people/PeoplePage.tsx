import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorView } from "@/ui/ErrorView";
import { Skeleton } from "@/ui/Skeleton";
import { useTitle } from "@/ui/useTitle";
import { SearchBox } from "../../list/toolbar/SearchBox";
import "../../list/list.css";
import { usePeople } from "../calls";
import { DepartmentSelect, RoleSelect } from "../parts/Choose";
import { ImportOrganisationButton } from "../parts/ImportOrganisationButton";
import type { PersonState } from "../types";
import { InviteDialog } from "./InviteDialog";
import { PeopleList } from "./PeopleList";
import { PersonDialog } from "./PersonDialog";

const STATES: readonly PersonState[] = ["active", "invited", "inactive"];

/** What the list shows stands in the address: it can be bookmarked, and "back" brings it back. */
function useFilter() {
  const [search, setSearch] = useSearchParams();
  const number = (name: string): number | null => (/^\d{1,15}$/.test(search.get(name) ?? "") ? Number(search.get(name)) : null);
  const state = STATES.find((one) => one === search.get("state")) ?? null;
  const set = (name: string, value: string | number | null): void => {
    const next = new URLSearchParams(search);
    if (value === null || value === "") next.delete(name);
    else next.set(name, String(value));
    setSearch(next, { replace: name !== "person" });
  };
  return {
    filter: { search: search.get("search") ?? "", state, department: number("department"), role: search.get("role") },
    person: number("person"),
    set,
  };
}

/** Everybody of the workspace: found, invited, changed, let go. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { filter, person, set } = useFilter();
  const [inviting, setInviting] = useState(false);
  const pages = usePeople(filter);
  useTitle(t("settings.people.title"));
  const first = pages.data?.pages[0];
  const people = (pages.data?.pages ?? []).flatMap((page) => page.people);
  const stateOptions = STATES.map((one) => ({ value: one, label: t(`settings.people.state.${one}`) + (first ? ` (${first.counts[one]})` : "") }));
  return (
    <>
      <header className="set-head">
        <h1>{t("settings.people.title")}</h1>
        {first ? <span className="muted num">{t("settings.people.count", { count: first.total })}</span> : null}
        <span className="actions">
          <ImportOrganisationButton />
          <Button type="primary" icon={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>{t("settings.people.invite")}</Button>
        </span>
      </header>
      <div className="set-tools" role="search">
        <SearchBox value={filter.search} onChange={(text) => set("search", text)} label={t("settings.people.search")} />
        <DepartmentSelect className="set-filter" label={t("settings.people.department")} placeholder={t("settings.people.department")} value={filter.department} onChange={(id) => set("department", id)} />
        <RoleSelect className="set-filter" label={t("settings.people.role")} placeholder={t("settings.people.role")} value={filter.role} onChange={(role) => set("role", role)} />
        <Select
          className="set-filter"
          aria-label={t("settings.people.stateLabel")}
          placeholder={t("settings.people.stateLabel")}
          allowClear
          options={stateOptions}
          value={filter.state}
          onChange={(next: string | undefined) => set("state", next ?? null)}
          popupMatchSelectWidth={false}
        />
      </div>
      {pages.error ? <ErrorView part error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Skeleton lines={10} /> : null}
      {first && people.length === 0 ? <EmptyState icon={<IconUsers size={24} />} title={t("settings.people.nobody")} /> : null}
      {people.length > 0 ? <PeopleList people={people} label={t("settings.people.title")} onOpen={(one) => set("person", one.id)} /> : null}
      {pages.hasNextPage ? <Button className="set-more" loading={pages.isFetching} onClick={() => void pages.fetchNextPage()}>{t("ui.loadMore")}</Button> : null}
      {inviting ? <InviteDialog department={filter.department} onClose={() => setInviting(false)} /> : null}
      {person === null ? null : <PersonDialog key={person} id={person} onClose={() => set("person", null)} />}
    </>
  );
}
