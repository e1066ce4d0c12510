import { lazy } from "react";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { named } from "./parts/people";

function Cell({ value }: CellProps) {
  return <>{named(value).name}</>;
}

const department: FieldTypeUi = {
  type: "department",
  Cell,
  Input: lazy(() => import("./inputs/DepartmentInput")),
  text: (value) => named(value).name,
  width: 140,
};

export default department;
