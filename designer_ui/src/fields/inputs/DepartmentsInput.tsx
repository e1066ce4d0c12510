import type { InputProps } from "@/catalogue/registry";
import { DepartmentPicker } from "../parts/DepartmentPicker";

export default function DepartmentsInput(props: InputProps) {
  return <DepartmentPicker {...props} multiple />;
}
