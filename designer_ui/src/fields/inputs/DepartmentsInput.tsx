export { default } from "./TextInput";
