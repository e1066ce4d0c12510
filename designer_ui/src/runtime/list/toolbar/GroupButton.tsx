/** Opens the choice of the field whose values become groups. */
import { IconLayoutRows } from "@tabler/icons-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { PanelButton } from "./PanelButton";

const GroupPanel = lazy(() => import("./GroupPanel"));

export function GroupButton({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <PanelButton
      label={t("list.group.title")}
      icon={<IconLayoutRows size={16} />}
      count={list.state.groupBy ? 1 : 0}
      open={open}
      onOpenChange={setOpen}
    >
      <GroupPanel list={list} onDone={() => setOpen(false)} />
    </PanelButton>
  );
}
