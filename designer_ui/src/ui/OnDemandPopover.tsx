import type { PopoverProps } from "antd";
import { Suspense, cloneElement, lazy, useLayoutEffect, useRef, useState, type ReactElement, type RefObject } from "react";

const loadPopover = () => import("antd/es/popover");
const Popover = lazy(loadPopover);

interface Props extends Omit<PopoverProps, "children" | "trigger" | "onOpenChange"> {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactElement<{ readonly onClick?: () => void }>;
}

/** antd's popover on a button's click; its code is fetched when the button is first pointed at or focused. */
export function OnDemandPopover({ children, open, onOpenChange, ...props }: Props) {
  const [used, setUsed] = useState(open);
  if (open && !used) setUsed(true);
  const place = useRef<HTMLSpanElement>(null);
  // What cannot be fetched now is fetched, and complained about, when it is needed.
  const keepFocus = <KeepFocus place={place} />;
  const prepare = () => void loadPopover().catch(() => undefined);
  return (
    <span ref={place} className="j-place" onPointerOver={prepare} onFocus={prepare}>
      {used ? (
        <Suspense fallback={<>{children}{keepFocus}</>}>
          <Popover {...props} trigger="click" open={open} onOpenChange={onOpenChange}>
            {children}
          </Popover>
          {keepFocus}
        </Suspense>
      ) : (
        cloneElement(children, { onClick: () => onOpenChange(true) })
      )}
    </span>
  );
}

/** Gives the focus back to the button, which is drawn anew while the code is fetched and when it has arrived. */
function KeepFocus({ place }: { place: RefObject<HTMLSpanElement | null> }) {
  useLayoutEffect(() => {
    if (document.activeElement === document.body) place.current?.querySelector("button")?.focus();
  }, [place]);
  return null;
}
