import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

interface Props {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
  /** Groups, drawn with a line between them. */
  readonly groups: readonly (readonly MenuEntry[])[];
  readonly header?: ReactNode;
  readonly align?: "start" | "end";
  /** -1 where Tab shall pass by: the part around it has keys of its own. */
  readonly tabIndex?: number;
}

const GAP = 4;
const EDGE = 8;

function place(button: HTMLElement, menu: HTMLElement, align: "start" | "end"): void {
  const at = button.getBoundingClientRect();
  const left = align === "end" ? at.right - menu.offsetWidth : at.left;
  const below = at.bottom + GAP;
  const fits = below + menu.offsetHeight <= window.innerHeight - EDGE;
  menu.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - menu.offsetWidth - EDGE))}px`;
  menu.style.top = `${fits ? below : Math.max(EDGE, at.top - GAP - menu.offsetHeight)}px`;
}

function moveFocus(menu: HTMLElement, step: number | "first" | "last"): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
  const now = items.indexOf(document.activeElement as HTMLElement);
  const next = step === "first" ? 0 : step === "last" ? items.length - 1 : (now + step + items.length) % items.length;
  items[next]?.focus();
}

/** A button with a menu: the browser's popover closes it by Escape or a click outside. */
export function MenuButton({ label, className = "j-iconbutton", children, groups, header, align = "end", tabIndex }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" }[event.key] as number | "first" | "last" | undefined;
    if (step === undefined || !menu.current) return;
    event.preventDefault();
    moveFocus(menu.current, step);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
      >
        {children}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="j-menu"
        onToggle={(event) => {
          const opened = event.newState === "open";
          setOpen(opened);
          if (opened && button.current && menu.current) {
            place(button.current, menu.current, align);
            moveFocus(menu.current, "first");
          }
        }}
      >
        {header}
        <div role="menu" aria-label={label} onKeyDown={onKeyDown}>
          {groups.map((entries, index) => (
            <div key={index} role="group" className="group">
              {entries.map((entry) => (
                <button
                  key={entry.key}
                  type="button"
                  role={entry.checked === undefined ? "menuitem" : "menuitemradio"}
                  aria-checked={entry.checked}
                  disabled={entry.disabled}
                  className={entry.danger ? "danger" : ""}
                  onClick={() => {
                    menu.current?.hidePopover();
                    entry.onSelect();
                  }}
                >
                  <span className="icon" aria-hidden>{entry.icon}</span>
                  <span className="ellipsis">{entry.label}</span>
                  {entry.checked ? <span className="tick" aria-hidden>✓</span> : null}
                </button>
              ))}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
