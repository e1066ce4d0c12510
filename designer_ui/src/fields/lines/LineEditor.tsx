/** A field's own input inside its cell. What is typed counts at once; Enter and Tab leave, Escape gives up. */
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Json, Values } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Place } from "@/catalogue/registry";
import { isUnreadable } from "@/model/cells";
import type { LineColumn } from "./columns";
import type { Leave } from "./types";

interface Props {
  readonly id: string;
  readonly column: LineColumn;
  readonly place: Place;
  readonly value: Json;
  /** The line's values, and those of the record as {$parent.x}, for choices that depend on them. */
  readonly values: Values;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (value: Json) => void;
  readonly onLeave: (leave: Leave) => void;
  readonly onCancel: () => void;
}

/** Popups of the controls live outside the cell; a click in them is not a click elsewhere. */
const POPUPS = ".ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-modal-root, .ant-popover, [data-floating]";

/** Types whose Enter belongs to the control: it chooses in a list. */
const LIST_TYPES = new Set(["choice", "multi_choice", "user", "users", "department", "departments", "organisation", "relation", "relations", "relation_any"]);

/** Where a text that could not be read is corrected as text; the other inputs begin blank. */
const TEXT_INPUTS = new Set(["number", "money", "percent"]);

export function LineEditor({ id, column, place, value: first, values, invalid, describedBy, onChange, onLeave, onCancel }: Props) {
  const [value, setValue] = useState<Json>(() => (isUnreadable(column.field, first) && !TEXT_INPUTS.has(column.field.type) ? null : first));
  const root = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  }, [onLeave]);
  useEffect(() => {
    const elsewhere = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (!root.current?.contains(target) && !target.closest(POPUPS)) leave.current("stay");
    };
    document.addEventListener("pointerdown", elsewhere, true);
    return () => document.removeEventListener("pointerdown", elsewhere, true);
  }, []);
  const change = (next: Json): void => {
    setValue(next);
    onChange(next);
  };
  const later = (how: Leave): void => void setTimeout(() => leave.current(how));
  const isPicker = column.field.type.startsWith("date") || column.field.type === "time";
  // Date inputs take over what was typed on the same key, a moment later; elsewhere the next key must find the grid already.
  const finish = (how: Leave): void => (isPicker ? later(how) : leave.current(how));
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Tab") {
      event.preventDefault();
      if (isPicker) confirmPicker(root.current);
      return finish(event.shiftKey ? "previous" : "next");
    }
    const inLines = event.target instanceof HTMLTextAreaElement && event.shiftKey;
    if (event.key === "Enter" && !inLines && !event.defaultPrevented && !LIST_TYPES.has(column.field.type)) {
      event.preventDefault();
      finish(event.shiftKey ? "up" : "down");
    }
  };
  // Before the control sees it: a list that closes on Escape would keep the cell in editing.
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  return (
    <div ref={root} className="line-editor" onKeyDownCapture={onEscape} onKeyDown={onKeyDown}>
      <FieldInput
        id={id}
        value={value}
        onChange={change}
        field={column.field}
        place={place}
        values={values}
        label={column.label}
        invalid={invalid}
        describedBy={describedBy}
        autoFocus
        inline
        onCommit={() => later("stay")}
      />
    </div>
  );
}

/** A date that was typed counts when Enter is pressed: Tab means it, too. */
function confirmPicker(root: HTMLElement | null): void {
  const input = root?.querySelector("input");
  input?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true }));
}
