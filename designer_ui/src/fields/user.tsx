import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { named, Person } from "./parts/people";

function Cell({ value }: CellProps) {
  return <Person name={named(value).name} />;
}

const user: FieldTypeUi = {
  type: "user",
  Cell,
  Input: lazyInput(() => import("./inputs/UserInput")),
  text: (value) => named(value).name,
  width: 140,
};

export default user;
