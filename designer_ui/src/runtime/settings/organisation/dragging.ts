/** Dragging a department onto another: before it, or into it. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";

const KIND = "department";

export type Where = "before" | "into";

interface Row {
  readonly element: HTMLElement;
  readonly id: number;
  /** The department and all below it: none of them can take it in. */
  readonly own: ReadonlySet<number>;
  readonly onOver: (where: Where | null) => void;
  /** Another department was dropped here. */
  readonly onDrop: (id: number, where: Where) => void;
}

/** Makes a row one to drag and to drop on; the result undoes it. */
export function makeDepartmentMovable({ element, id, own, onOver, onDrop }: Row): () => void {
  const where = (y: number): Where => {
    const box = element.getBoundingClientRect();
    return y < box.top + box.height / 3 ? "before" : "into";
  };
  return combine(
    draggable({ element, getInitialData: () => ({ kind: KIND, id, own }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data["kind"] === KIND && !(source.data["own"] as ReadonlySet<number>).has(id),
      onDrag: ({ location }) => onOver(where(location.current.input.clientY)),
      onDragLeave: () => onOver(null),
      onDrop: ({ source, location }) => {
        onOver(null);
        onDrop(Number(source.data["id"]), where(location.current.input.clientY));
      },
    }),
  );
}
