import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { namedList, Person } from "./parts/people";

function Cell({ value }: CellProps) {
  return (
    <span className="f-row">
      {namedList(value).map((user) => (
        <Person key={user.id} name={user.name} />
      ))}
    </span>
  );
}

const users: FieldTypeUi = {
  type: "users",
  Cell,
  Input: lazyInput(() => import("./inputs/UsersInput")),
  text: (value) => namedList(value).map((user) => user.name).join(", "),
  width: 200,
};

export default users;
