import type { InputProps } from "@/catalogue/registry";
import TextInput from "./TextInput";

export default function PhoneInput(props: InputProps) {
  return <TextInput {...props} type="tel" />;
}
