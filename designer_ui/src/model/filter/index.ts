export * from "./types";
export { readFilter, type Reading } from "./read";
export { writeCondition, writeFilter, writeOperand, writeText } from "./write";
export { familyOf, operatorsOf, valueCount, type FieldFamily } from "./fieldKinds";
export { isPeriod, PERIODS, type Period } from "./periods";
export { joinFilters } from "./join";
export { countConditions, replaceItem, removeItem, startCondition, withField, withOperator } from "./edit";
