export * from "./candidates";
export * from "./context";
export * from "./functions";
export * from "./names";
export * from "./offsets";
export * from "./problems";
export * from "./recipes";
export * from "./scan";
