import type { InputProps } from "@/catalogue/registry";
import { UserPicker } from "../parts/UserPicker";

export default function UserInput(props: InputProps) {
  return <UserPicker {...props} />;
}
