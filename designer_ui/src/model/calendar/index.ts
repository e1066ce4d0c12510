export * from "./clock";
export * from "./days";
export * from "./entries";
export * from "./layout";
export * from "./workdays";
