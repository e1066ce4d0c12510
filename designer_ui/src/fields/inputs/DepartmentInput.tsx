import type { InputProps } from "@/catalogue/registry";
import { DepartmentPicker } from "../parts/DepartmentPicker";

export default function DepartmentInput(props: InputProps) {
  return <DepartmentPicker {...props} />;
}
