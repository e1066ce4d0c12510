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
  const grid = list.view.kind === "list" && !phone;
  return (
    <div className="list-toolbar">
      <SearchBox value={list.state.search} label={t("list.search")} onChange={(search) => list.change({ search })} />
      <FilterButton list={list} iconOnly={phone} />
      <SortButton list={list} iconOnly={phone} />
      {grid ? <GroupButton list={list} /> : null}
      {grid ? <ColumnsButton list={list} /> : null}
      <MoreMenu list={list} />
    </div>
  );
}
