import type { InputProps } from "@/catalogue/registry";
import { UserPicker } from "../parts/UserPicker";

export default function UsersInput(props: InputProps) {
  return <UserPicker {...props} multiple />;
}
