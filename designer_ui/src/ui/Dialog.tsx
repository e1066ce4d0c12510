import { IconX } from "@tabler/icons-react";
import { ConfigProvider } from "antd";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./IconButton";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** Missing: the dialog cannot be dismissed. */
  readonly onClose?: (() => void) | undefined;
  readonly className?: string;
}

/** A modal dialog on the browser's own element: focus stays inside and returns where it was. Mount it to open it. */
export function Dialog({ title, children, footer, onClose, className = "" }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`j-dialog ${className}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose?.();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current && event.button === 0) onClose?.();
      }}
    >
      <header role="presentation">
        <h2 id={heading}>{title}</h2>
        {onClose ? (
          <IconButton label={t("ui.close")} onClick={onClose}>
            <IconX size={18} aria-hidden />
          </IconButton>
        ) : null}
      </header>
      <div className="body">
        {/* Lists that inputs open would lie below the dialog anywhere else. */}
        <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>{children}</ConfigProvider>
      </div>
      {footer ? <footer>{footer}</footer> : null}
    </dialog>
  );
}
