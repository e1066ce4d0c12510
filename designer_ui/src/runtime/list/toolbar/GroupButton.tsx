/** Opens the choice of the fields whose values become groups. */
import { IconLayoutRows } from "@tabler/icons-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { levelsOf } from "../useGroups";
import { PanelButton } from "./PanelButton";

const GroupPanel = lazy(() => import("./GroupPanel"));

export function GroupButton({ list, iconOnly }: { list: ListHandle; iconOnly: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <PanelButton
      label={t("list.group.title")}
      icon={<IconLayoutRows size={16} />}
      count={levelsOf(list.describe, list.state.groupBy).length}
      iconOnly={iconOnly}
      open={open}
      onOpenChange={setOpen}
    >
      <GroupPanel list={list} />
    </PanelButton>
  );
}
