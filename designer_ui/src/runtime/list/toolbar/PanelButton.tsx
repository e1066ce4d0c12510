/** A toolbar button that opens a small panel; Escape closes it and gives the focus back. */
import { Button, Popover } from "antd";
import { useRef, type KeyboardEvent, type ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly icon: ReactNode;
  /** How much of this is in use, for instance the number of conditions. */
  readonly count?: number;
  readonly iconOnly?: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
}

export function PanelButton({ label, icon, count = 0, iconOnly = false, open, onOpenChange, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing || event.defaultPrevented) return;
    onOpenChange(false);
    button.current?.focus();
  };
  const panel = (
    <div role="dialog" aria-label={label} className="list-panel" onKeyDown={close}>
      {children}
    </div>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={onOpenChange}
      content={panel}
      destroyOnHidden
    >
      <Button
        ref={button}
        icon={icon}
        aria-label={count > 0 ? `${label} (${count})` : label}
        aria-expanded={open}
        aria-haspopup="dialog"
        className={count > 0 ? "list-tool used" : "list-tool"}
      >
        {iconOnly ? null : <span>{label}</span>}
        {count > 0 ? <span className="list-badge num">{count}</span> : null}
      </Button>
    </Popover>
  );
}
