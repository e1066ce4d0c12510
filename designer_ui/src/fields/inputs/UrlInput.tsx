import type { InputProps } from "@/catalogue/registry";
import TextInput from "./TextInput";

export default function UrlInput(props: InputProps) {
  return <TextInput {...props} type="url" />;
}
