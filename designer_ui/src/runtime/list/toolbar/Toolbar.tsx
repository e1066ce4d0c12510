/** Everything that changes what the list shows: five things, the rest under "More". */
import { usePhone } from "@/ui/useMedia";
import { useTranslation } from "react-i18next";
import { FilterButton } from "../filter/FilterButton";
import type { ListHandle } from "../useListState";
import { ColumnsButton } from "./ColumnsButton";
import { GroupButton } from "./GroupButton";
import { MoreMenu } from "./MoreMenu";
import { SearchBox } from "./SearchBox";
import { SortButton } from "./SortButton";

export function Toolbar({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { kind } = list.state;
  const rows = kind === "list";
  return (
    <div className="list-toolbar">
      <SearchBox value={list.state.search} label={t("list.search")} onChange={(search) => list.change({ search })} />
      <FilterButton list={list} iconOnly={phone} />
      {kind === "calendar" ? null : <SortButton list={list} iconOnly={phone} />}
      {rows ? <GroupButton list={list} iconOnly={phone} /> : null}
      {(rows || kind === "tree") && !phone ? <ColumnsButton list={list} /> : null}
      <MoreMenu list={list} />
    </div>
  );
}
