/** The lines of a subform while somebody edits them: pure, for the grid and the cards to draw. */
export { linesBetween, linesOver } from "./conflict";
export { copyOf, insertLines, isUntouched, moveLines, removeLines, setCells } from "./edit";
export { enteredLines, givenToLines, shownAsEntered, subformsOf, type EnteredLine, type EnteredLines, type ShownLine, type ShownLines } from "./entered";
export { NO_STEPS, redo, undo, withStep, type Steps } from "./history";
export { isComputed, isLine, jsonOfLines, lineFields, linesOf, newLine, storedLines, type Line, type LineFields, type Lines } from "./line";
export { summedFields, totalOf } from "./totals";
export { copiedLines, firstLines } from "./values";
export { lineIssuesOf, messagesOf, NO_LINE_ISSUES, withLineIssues, type LineIssues } from "./issues";
