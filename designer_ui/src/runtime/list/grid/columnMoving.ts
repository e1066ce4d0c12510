/** Dragging a column's head to another place. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";

const KIND = "grid-column";

interface Head {
  readonly element: HTMLElement;
  readonly key: string;
  readonly index: number;
  /** Which side of this head another one would go to if it were dropped now. */
  readonly onOver: (side: "before" | "after" | null) => void;
  /** Another head was dropped here. */
  readonly onDrop: (key: string) => void;
}

/** Makes a head one to drag and to drop on; the result undoes it. */
export function makeMovable({ element, key, index, onOver, onDrop }: Head): () => void {
  return combine(
    draggable({
      element,
      getInitialData: () => ({ kind: KIND, key, index }),
    }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data["kind"] === KIND && source.data["key"] !== key,
      onDragEnter: ({ source }) => onOver(Number(source.data["index"]) < index ? "after" : "before"),
      onDragLeave: () => onOver(null),
      onDrop: ({ source }) => {
        onOver(null);
        onDrop(String(source.data["key"]));
      },
    }),
  );
}
