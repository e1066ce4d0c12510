import type { DropdownProps } from "antd";
import { Suspense, cloneElement, lazy, useRef, useState, type MouseEvent, type ReactElement } from "react";

const Dropdown = lazy(() => import("antd/es/dropdown"));

interface ButtonProps {
  readonly onClick?: (event: MouseEvent) => void;
}

interface Props extends Omit<DropdownProps, "children" | "onOpenChange"> {
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactElement<ButtonProps>;
}

/** antd's dropdown menu whose code is fetched when the menu is first opened; the focus moves into the menu. */
export function OnDemandDropdown({ children, open, onOpenChange, ...props }: Props) {
  const [ownOpen, setOwnOpen] = useState(false);
  const shown = open ?? ownOpen;
  const [used, setUsed] = useState(shown);
  if (shown && !used) setUsed(true);
  const place = useRef<HTMLSpanElement>(null);
  const change = (next: boolean) => {
    setOwnOpen(next);
    const focused = document.activeElement;
    if (!next && (focused === document.body || focused?.closest(".ant-dropdown"))) place.current?.querySelector("button")?.focus();
    onOpenChange?.(next);
  };
  const onClick = (event: MouseEvent) => {
    children.props.onClick?.(event);
    change(true);
  };
  return (
    <span ref={place} className="j-place">
      {used ? (
        <Suspense fallback={children}>
          <Dropdown {...props} open={shown} onOpenChange={change} autoFocus>
            {children}
          </Dropdown>
        </Suspense>
      ) : (
        cloneElement(children, { onClick })
      )}
    </span>
  );
}
