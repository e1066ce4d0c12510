/** Dragging a line to another place. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachClosestEdge, extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";

const KIND = "subform-line";

interface Row {
  readonly element: HTMLElement;
  readonly handle: HTMLElement;
  readonly grid: string;
  readonly row: number;
  /** On which side of this line another one would come to stand if it were dropped now. */
  readonly onEdge: (edge: "top" | "bottom" | null) => void;
  /** The line `from` was dropped; it is to stand before the line that is now at `to`. */
  readonly onDrop: (from: number, to: number) => void;
}

/** Makes a line one to drag by its number and to drop on; the result undoes it. */
export function makeRowMovable({ element, handle, grid, row, onEdge, onDrop }: Row): () => void {
  const edgeIn = (data: Record<string | symbol, unknown>): "top" | "bottom" => (extractClosestEdge(data) === "bottom" ? "bottom" : "top");
  return combine(
    draggable({ element, dragHandle: handle, getInitialData: () => ({ kind: KIND, grid, row }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data["kind"] === KIND && source.data["grid"] === grid,
      getData: ({ input }) => attachClosestEdge({}, { element, input, allowedEdges: ["top", "bottom"] }),
      onDrag: ({ self, source }) => onEdge(source.data["row"] === row ? null : edgeIn(self.data)),
      onDragLeave: () => onEdge(null),
      onDrop: ({ self, source }) => {
        onEdge(null);
        onDrop(Number(source.data["row"]), edgeIn(self.data) === "bottom" ? row + 1 : row);
      },
    }),
  );
}
