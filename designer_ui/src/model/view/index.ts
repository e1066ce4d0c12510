export * from "./types";
export { formatSort, parseSort, toggleSort } from "./sort";
export { applyChange, clampWidth, differsFromView, stateFromUrl, stateOfView, urlFromState, viewBody } from "./state";
export { moveColumn, toggleColumn } from "./columns";
export {
  formatLevels, GROUP_PERIODS, groupFilter, groupKey, MOST_LEVELS, nextPeriod, parseLevels,
  type GroupLevel, type GroupPeriod, type GroupValue,
} from "./groups";
export { formatTotals, parseTotals, TOTAL_FUNCTIONS, type TotalFunction, type Totals } from "./totals";
export {
  choicesOf, DATE_CHOICES, EMPTY_CHOICE, ME_CHOICE, quickCondition, quickFilter, type QuickChoices,
} from "./quick";
export { colorsOf, PALETTE, type ColorRule, type RecordColors } from "./colors";
export * from "./kinds";
