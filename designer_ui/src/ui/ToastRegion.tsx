import { IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./IconButton";
import { hideToast, useToast } from "./toast";

const SHOWN_FOR = 8000;

export function ToastRegion() {
  const { t } = useTranslation();
  const { toast, count } = useToast();
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(hideToast, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [toast, count]);
  return (
    <div className="j-toasts" role="status">
      {toast ? (
        <div key={count} className="j-toast">
          <span>{toast.text}</span>
          {toast.action ? (
            <button
              type="button"
              onClick={() => {
                hideToast();
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </button>
          ) : null}
          <IconButton label={t("ui.close")} onClick={hideToast}><IconX size={16} aria-hidden /></IconButton>
        </div>
      ) : null}
    </div>
  );
}
