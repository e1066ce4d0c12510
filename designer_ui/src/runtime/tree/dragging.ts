/** Records of a tree are dragged onto the one they shall be below, or onto the head of the list for the top. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import type { RecordJson } from "@/api";
import type { Parent, RecordRow } from "@/model/tree";

const KIND = "tree-record";
/** A closed record opens when something is held over it for so long, ms. */
const OPENS_AFTER = 700;

interface Dragged {
  readonly record: RecordJson;
  readonly parent: Parent;
}

function draggedOf(data: Record<string | symbol, unknown>): Dragged | null {
  return data["kind"] === KIND ? (data as unknown as Dragged) : null;
}

export const isDragged = (data: Record<string | symbol, unknown>): boolean => draggedOf(data) !== null;

interface Line {
  readonly element: HTMLElement;
  readonly row: RecordRow;
  readonly onStart: () => void;
  readonly onOver: (over: boolean) => void;
  /** Something is held over it for long. */
  readonly onHold: () => void;
  readonly onDrop: (record: RecordJson) => void;
}

/** Makes a line one to drag and to drop on; the result undoes it. */
export function makeMovable({ element, row, onStart, onOver, onHold, onDrop }: Line): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = (): void => {
    clearTimeout(timer);
    onOver(false);
  };
  const undo = combine(
    draggable({ element, getInitialData: () => ({ kind: KIND, record: row.record, parent: row.node.parent }), onDragStart: onStart }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const dragged = draggedOf(source.data);
        return dragged !== null && dragged.record.id !== row.record.id && dragged.parent !== row.record.id;
      },
      onDragEnter: () => {
        onOver(true);
        timer = setTimeout(onHold, OPENS_AFTER);
      },
      onDragLeave: leave,
      onDrop: ({ source }) => {
        leave();
        const dragged = draggedOf(source.data);
        if (dragged) onDrop(dragged.record);
      },
    }),
  );
  return () => {
    clearTimeout(timer);
    undo();
  };
}

/** Makes the head of a tree the place to drop what shall be at the top. */
export function makeTop(element: HTMLElement, onOver: (over: boolean) => void, onDrop: (record: RecordJson) => void): () => void {
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => (draggedOf(source.data)?.parent ?? null) !== null,
    onDragEnter: () => onOver(true),
    onDragLeave: () => onOver(false),
    onDrop: ({ source }) => {
      onOver(false);
      const dragged = draggedOf(source.data);
      if (dragged) onDrop(dragged.record);
    },
  });
}
