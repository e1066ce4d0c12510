/** The lines of a subform while somebody edits them: pure, for the grid and the cards to draw. */
export { copyOf, insertLines, isUntouched, moveLines, removeLines, setCells, type CellChange } from "./edit";
export { enteredLines, givenToLines, shownAsEntered, subformsOf, type EnteredLine, type EnteredLines, type ShownLine, type ShownLines } from "./entered";
export { NO_STEPS, redo, undo, withStep, type Steps } from "./history";
export { isComputed, isLine, jsonOfLines, lineFields, linesOf, newLine, storedLines, type Line, type LineFields, type Lines } from "./line";
export { planPaste, settledValue, type Named, type Pasted, type PasteColumn, type Pending } from "./paste";
export { heldIn, holds, at, isSeveral, movedBy, NUMBER_COLUMN, rangeOf, stepTo, type Cell, type Press, type Range, type Selected, type Size } from "./range";
export { isUnreadable, plainName, readCell, takesText, type ToMoment } from "./readCell";
export { readTable, writeTable } from "./table";
export { summedFields, totalOf } from "./totals";
export { copiedLines, firstLines } from "./values";
export { lineIssuesOf, messagesOf, NO_LINE_ISSUES, withLineIssues, type LineIssues } from "./issues";
