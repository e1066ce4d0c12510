import { useApp } from "@/api";
import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { useFormat } from "@/ui/format";
import { RecordLink, recordRefOf } from "./parts/records";

/** The record, after the word for what it is. */
function Cell({ value, place }: CellProps) {
  const format = useFormat();
  const forms = useApp(place.app).data?.forms;
  const target = recordRefOf(value);
  if (!target) return null;
  const kind = forms?.[target.form]?.label;
  return (
    <span className="f-row">
      {kind ? <span className="muted">{format.label(kind)}</span> : null}
      <RecordLink app={place.app} form={target.form} record={target} />
    </span>
  );
}

const relationAny: FieldTypeUi = {
  type: "relation_any",
  Cell,
  Input: lazyInput(() => import("./inputs/RelationAnyInput")),
  text: (value) => recordRefOf(value)?.title ?? "",
  width: 220,
};

export default relationAny;
