import { IconArrowLeft, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Describe } from "@/api";
import { IconButton } from "@/ui/IconButton";
import { useFormat } from "@/ui/format";
import { useCameFrom } from "./useCameFrom";
import { useNeighbours } from "./useNeighbours";

const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, "Alt+ArrowDown": 1, "Alt+ArrowUp": -1 };
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=grid]";

/**
 * The way back to the list one came from, the place in it, and the way to the records before and after: buttons, J and K,
 * Alt with arrows. It stays while one record follows another, so that no key is lost and the focus stays on its button.
 */
export function RecordPath({ describe, id }: { describe: Describe; id: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const from = useCameFrom(describe);
  const { at, last, count, go } = useNeighbours(describe, id, from);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.isComposing || event.defaultPrevented || target?.closest(TYPING) || document.querySelector("dialog[open], [role=dialog]")) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const step = plain ? STEPS[(event.altKey ? "Alt+" : "") + event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    go(step);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <nav className="record-path" aria-label={t("record.path")}>
      <Link to={from.list}><IconArrowLeft size={16} aria-hidden />{format.label(describe.plural ?? describe.label)}</Link>
      {at < 0 || (at === 0 && last) ? null : (
        <span className="record-neighbours">
          <span className="muted num">{t("record.position", { at: format.number(at + 1), count: `${format.number(count.value)}${count.exact ? "" : "+"}` })}</span>
          <IconButton label={t("record.previous")} aria-keyshortcuts="K Alt+ArrowUp" disabled={at === 0} onClick={() => go(-1)}><IconChevronUp size={18} aria-hidden /></IconButton>
          <IconButton label={t("record.next")} aria-keyshortcuts="J Alt+ArrowDown" disabled={last} onClick={() => go(1)}><IconChevronDown size={18} aria-hidden /></IconButton>
        </span>
      )}
    </nav>
  );
}
