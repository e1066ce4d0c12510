import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { RecordLink, recordsOf } from "./parts/records";

function Cell({ value, field, place }: CellProps) {
  const form = textSetting(field, "form") ?? place.form;
  return (
    <span className="f-row">
      {recordsOf(value).map((record) => (
        <span key={record.id} className="f-chip"><RecordLink app={place.app} form={form} record={record} /></span>
      ))}
    </span>
  );
}

const relations: FieldTypeUi = {
  type: "relations",
  Cell,
  Input: lazyInput(() => import("./inputs/RelationsInput")),
  text: (value) => recordsOf(value).flatMap(({ title }) => (title ? [title] : [])).join(", "),
  width: 220,
};

export default relations;
