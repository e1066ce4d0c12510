/** Opens the panel of a list's columns. */
import { IconColumns3 } from "@tabler/icons-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListHandle } from "../useListState";
import { PanelButton } from "./PanelButton";

const ColumnsPanel = lazy(() => import("./ColumnsPanel"));

export function ColumnsButton({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <PanelButton label={t("list.columns.title")} icon={<IconColumns3 size={16} />} open={open} onOpenChange={setOpen}>
      <ColumnsPanel list={list} />
    </PanelButton>
  );
}
