import { useEffect, useEffectEvent } from "react";

const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=combobox], [role=grid], [role=menu]";

/** Keys without Ctrl, Alt or Cmd, anywhere on the page: not while somebody types, nor while a dialog is open. */
export function usePlainKeys(act: (key: string) => boolean): void {
  const run = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target?.closest(TYPING) || document.querySelector("dialog[open], [role=dialog]")) return;
    if (act(event.key)) event.preventDefault();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => run(event);
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
