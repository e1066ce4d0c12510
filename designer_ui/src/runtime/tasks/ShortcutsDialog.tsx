import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/Dialog";

/** Every key of the task centre, by what it does. */
const KEYS = [
  [["J", "↓"], "next"],
  [["K", "↑"], "previous"],
  [["Enter"], "open"],
  [["X"], "mark"],
  [["A"], "agree"],
  [["R"], "reject"],
  [["Ctrl+Enter"], "send"],
  [["Ctrl+K"], "search"],
  [["?"], "help"],
] as const;

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("tasks.keys.title")} onClose={onClose}>
      <dl className="tasks-keys">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{t(`tasks.keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
