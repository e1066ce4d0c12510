/** A toolbar button that opens a small panel, on phones from the bottom; Escape closes it and gives the focus back. */
import { usePhone } from "@/ui/useMedia";
import { OnDemandPopover } from "@/ui/OnDemandPopover";
import { Skeleton } from "@/ui/Skeleton";
import { Button } from "antd";
import { Suspense, lazy, useRef, type KeyboardEvent, type ReactNode } from "react";

const Drawer = lazy(() => import("antd/es/drawer"));

interface Props {
  readonly label: string;
  readonly icon: ReactNode;
  /** How much of this is in use, for instance the number of conditions. */
  readonly count?: number;
  readonly iconOnly?: boolean;
  /** Whether it is in use, where that is no number. */
  readonly used?: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
}

export function PanelButton({ label, icon, count = 0, iconOnly = false, used = count > 0, open, onOpenChange, children }: Props) {
  const phone = usePhone();
  const button = useRef<HTMLButtonElement>(null);
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing || event.defaultPrevented) return;
    onOpenChange(false);
    button.current?.focus();
  };
  const panel = (
    <div role="dialog" aria-label={label} className="list-panel" onKeyDown={close}>
      <Suspense fallback={<Skeleton lines={3} />}>{children}</Suspense>
    </div>
  );
  const opener = (
    <Button
      ref={button}
      icon={icon}
      aria-label={iconOnly ? (count > 0 ? `${label} ${count}` : label) : undefined}
      aria-expanded={open}
      aria-haspopup="dialog"
      className={used ? "list-tool used" : "list-tool"}
      onClick={phone ? () => onOpenChange(true) : undefined}
    >
      {iconOnly ? null : <span>{label}</span>}
      {count > 0 ? <span className="list-badge num">{count}</span> : null}
    </Button>
  );
  if (phone) {
    return (
      <>
        {opener}
        {open ? (
          <Suspense fallback={null}>
            <Drawer open={open} placement="bottom" size="auto" title={label} onClose={() => onOpenChange(false)} destroyOnHidden>
              {panel}
            </Drawer>
          </Suspense>
        ) : null}
      </>
    );
  }
  return (
    <OnDemandPopover
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={onOpenChange}
      content={panel}
      destroyOnHidden
    >
      {opener}
    </OnDemandPopover>
  );
}
