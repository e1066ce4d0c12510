/** The clipboard of grids: of the lines of a subform and of a list. */
export { cellText, copyCells, originsOf } from "./copy";
export { lookUp } from "./lookUp";
export { useClipboardEvents } from "./useClipboardEvents";
