import { useEffect, useEffectEvent } from "react";

/** Ctrl or Cmd with `key`, anywhere on the page. */
export function useHotkey(key: string, action: (event: KeyboardEvent) => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== key) return;
      event.preventDefault();
      run(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [key]);
}
