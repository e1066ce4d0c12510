import type { InputProps } from "@/catalogue/registry";
import { FilePicker } from "../parts/FilePicker";

export default function ImageInput(props: InputProps) {
  return <FilePicker {...props} images />;
}
