/** Opens the panel of a list's sort keys. */
import { IconArrowsSort } from "@tabler/icons-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { PanelButton } from "./PanelButton";

const SortPanel = lazy(() => import("./SortPanel"));

export function SortButton({ list, iconOnly = false }: { list: ListHandle; iconOnly?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <PanelButton
      label={t("list.sort.title")}
      icon={<IconArrowsSort size={16} />}
      count={list.state.sort.length}
      iconOnly={iconOnly}
      open={open}
      onOpenChange={setOpen}
    >
      <SortPanel list={list} />
    </PanelButton>
  );
}
