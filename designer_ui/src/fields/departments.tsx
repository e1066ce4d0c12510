import { lazyInput } from "@/catalogue/lazyInput";
import type { Json } from "@/api";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { namedList } from "./parts/people";

const names = (value: Json): string => namedList(value).map((department) => department.name).join(", ");

function Cell({ value }: CellProps) {
  return <>{names(value)}</>;
}

const departments: FieldTypeUi = {
  type: "departments",
  Cell,
  Input: lazyInput(() => import("./inputs/DepartmentsInput")),
  text: names,
  width: 180,
};

export default departments;
