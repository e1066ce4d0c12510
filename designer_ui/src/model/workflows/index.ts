export * from "./check";
export * from "./diff";
export * from "./edit";
export * from "./graph";
export * from "./history";
export * from "./layout";
export * from "./templates";
export * from "./types";
