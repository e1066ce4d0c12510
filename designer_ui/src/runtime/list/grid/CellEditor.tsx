/** The input of a field inside its cell. Enter and Tab save, Escape leaves, a click elsewhere saves. */
import type { FieldInfo, Json } from "@/api";
import { FieldInput } from "@/catalogue/FieldInput";
import type { Place } from "@/catalogue/registry";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";

export type Leave = "stay" | "down" | "next" | "previous";

interface Props {
  readonly field: FieldInfo;
  readonly place: Place;
  readonly label: string;
  readonly value: Json;
  readonly onSave: (value: Json, leave: Leave) => void;
  readonly onCancel: () => void;
}

/** Popups of the controls live outside the cell; a click in them is not a click elsewhere. */
const POPUPS = ".ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-modal-root, .ant-popover, dialog, [data-floating]";

/** Types whose Enter belongs to the control: it chooses in a list, or begins a new line with Shift. */
const LIST_TYPES = new Set(["choice", "multi_choice", "user", "users", "department", "departments", "organisation", "relation", "relations", "relation_any"]);

export function CellEditor({ field, place, label, value: first, onSave, onCancel }: Props) {
  const [value, setValue] = useState(first);
  const root = useRef<HTMLDivElement>(null);
  const latest = useRef({ value: first, onSave });
  useEffect(() => {
    latest.current = { value: latest.current.value, onSave };
  }, [onSave]);
  useEffect(() => {
    const elsewhere = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (root.current?.contains(target) || target.closest(POPUPS)) return;
      latest.current.onSave(latest.current.value, "stay");
    };
    document.addEventListener("pointerdown", elsewhere, true);
    return () => document.removeEventListener("pointerdown", elsewhere, true);
  }, []);
  const change = (next: Json): void => {
    latest.current = { ...latest.current, value: next };
    setValue(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Tab") {
      event.preventDefault();
      return onSave(latest.current.value, event.shiftKey ? "previous" : "next");
    }
    if (event.key === "Enter" && !event.shiftKey && !event.defaultPrevented && !LIST_TYPES.has(field.type)) {
      event.preventDefault();
      const save = (): void => onSave(latest.current.value, "down");
      // Date inputs take over what was typed on the same key, a moment later; elsewhere the next key must find the grid already.
      if (field.type.startsWith("date") || field.type === "time") setTimeout(save);
      else save();
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
    <div
      ref={root}
      className="grid-editor"
      onKeyDownCapture={onEscape}
      onKeyDown={(event) => {
        onKeyDown(event);
        event.stopPropagation();
      }}
    >
      <FieldInput
        id={`edit-${place.record}-${place.field}`}
        value={value}
        onChange={change}
        field={field}
        place={place}
        label={label}
        autoFocus
        inline
        onCommit={() => setTimeout(() => onSave(latest.current.value, "stay"))}
      />
    </div>
  );
}
