/** Cells of grids as a spreadsheet has them: which are selected, and what texts that are pasted into them mean. Pure. */
export { planPaste, settledValue, type Missed, type Named, type Origin, type Pasted, type PasteColumn, type Pending } from "./paste";
export { heldIn, holds, at, isSeveral, movedBy, NUMBER_COLUMN, rangeOf, stepTo, type Cell, type CellChange, type Press, type Range, type Selected, type Size } from "./range";
export { isUnreadable, plainName, readCell, takesText, type ToMoment } from "./readCell";
export { readTable, writeTable } from "./table";
