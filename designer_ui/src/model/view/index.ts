export * from "./types";
export { formatSort, parseSort, toggleSort } from "./sort";
export { applyChange, clampWidth, differsFromView, stateFromUrl, stateOfView, urlFromState, viewBody } from "./state";
export { moveColumn, toggleColumn } from "./columns";
export { groupFilter, groupKey, type GroupValue } from "./groups";
