export * from "./rows";
export { stepFrom, type Step } from "./steps";
