import { lazyInput } from "@/catalogue/lazyInput";
import type { CellProps, FieldTypeUi } from "@/catalogue/registry";
import { named } from "./parts/people";

function Cell({ value }: CellProps) {
  return <>{named(value).name}</>;
}

const organisation: FieldTypeUi = {
  type: "organisation",
  Cell,
  Input: lazyInput(() => import("./inputs/OrganisationInput")),
  text: (value) => named(value).name,
  width: 140,
};

export default organisation;
