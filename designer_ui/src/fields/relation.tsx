import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { textSetting } from "@/catalogue/settings";
import { RecordLink, recordOf } from "./parts/records";

function Cell({ value, field, place }: CellProps) {
  return <RecordLink app={place.app} form={textSetting(field, "form") ?? place.form} record={recordOf(value)} />;
}

const relation: FieldTypeUi = {
  type: "relation",
  Cell,
  Input: lazyInput(() => import("./inputs/RelationInput")),
  text: (value) => recordOf(value).title ?? "",
  width: 180,
};

export default relation;
