/** Chooses the field whose values become groups. */
import { useFormat } from "@/ui/format";
import { IconLayoutRows } from "@tabler/icons-react";
import { Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, groupableInList } from "../fields";
import type { ListHandle } from "../useListState";
import { PanelButton } from "./PanelButton";

export function GroupButton({ list }: { list: ListHandle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  const keys = fieldOrder(describe).filter((key) => groupableInList(fields[key]));
  return (
    <PanelButton
      label={t("list.group.title")}
      icon={<IconLayoutRows size={16} />}
      count={state.groupBy ? 1 : 0}
      open={open}
      onOpenChange={setOpen}
    >
      <div className="list-panel-head">
        <h2>{t("list.group.title")}</h2>
      </div>
      <Radio.Group
        className="group-panel"
        value={state.groupBy}
        onChange={(event) => {
          change({ groupBy: String(event.target.value) });
          setOpen(false);
        }}
        options={[
          { value: "", label: t("list.group.none") },
          ...keys.map((key) => ({ value: key, label: format.label(fields[key]?.label) || key })),
        ]}
      />
    </PanelButton>
  );
}
