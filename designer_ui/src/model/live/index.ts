/** The live rules of an entry form, computed in the browser. Large: loaded only where somebody fills in a form. */
export { NO_PROGRAM, compute, isComputable, issuesOfServer, valuesToAsk, type Computed, type Entry, type LocalIssue } from "./program";
