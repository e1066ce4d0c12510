import type { InputProps } from "@/catalogue/registry";
import { FilePicker } from "../parts/FilePicker";

export default function FileInput(props: InputProps) {
  return <FilePicker {...props} />;
}
