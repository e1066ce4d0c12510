import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { named } from "./parts/people";

function Cell({ value }: CellProps) {
  return <>{named(value).name}</>;
}

const department: FieldTypeUi = {
  type: "department",
  Cell,
  Input: lazyInput(() => import("./inputs/DepartmentInput")),
  text: (value) => named(value).name,
  width: 140,
};

export default department;
