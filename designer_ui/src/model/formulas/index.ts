/** The third target of the expression language: what the server has checked, computed in the browser. */
export { Context } from "./context";
export { fieldsOf, readClock, readDay, readMoment, type Core } from "./core";
export { decimal, plain, roundTo } from "./decimals";
export { isoDate, isoTime } from "./calendar";
export { length as textLength } from "./codePoints";
export { canEvaluate, evaluate, type FieldValues } from "./evaluate";
export { twins } from "./twins";
export { Clock, Day, Duration, Moment, Problem, isList, isNumber, type Value } from "./values";
export { readCalendar, type WrittenCalendar } from "./writtenCalendar";
export { splitMicros } from "./zones";
