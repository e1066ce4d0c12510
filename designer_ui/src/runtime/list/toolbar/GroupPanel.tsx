/** Chooses the field whose values become groups. */
import { useFormat } from "@/ui/format";
import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import { fieldOrder, fieldsOf, groupableInList } from "../fields";
import type { ListHandle } from "../useListState";

export default function GroupPanel({ list, onDone }: { list: ListHandle; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { describe, state, change } = list;
  const fields = fieldsOf(describe);
  const keys = fieldOrder(describe).filter((key) => groupableInList(fields[key]));
  return (
    <>
      <div className="list-panel-head">
        <h2>{t("list.group.title")}</h2>
      </div>
      <Radio.Group
        className="group-panel"
        value={state.groupBy}
        onChange={(event) => {
          change({ groupBy: String(event.target.value) });
          onDone();
        }}
        options={[
          { value: "", label: t("list.group.none") },
          ...keys.map((key) => ({ value: key, label: format.label(fields[key]?.label) || key })),
        ]}
      />
    </>
  );
}
