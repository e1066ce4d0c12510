import type { InputProps } from "@/catalogue/registry";
import TextInput from "./TextInput";

export default function EmailInput(props: InputProps) {
  return <TextInput {...props} type="email" />;
}
