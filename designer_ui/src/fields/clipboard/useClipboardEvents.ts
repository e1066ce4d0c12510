import { useEffect, useEffectEvent, type RefObject } from "react";

interface Handlers {
  readonly copy: (event: ClipboardEvent) => unknown;
  readonly cut: (event: ClipboardEvent) => void;
  /** Missing where nothing can be pasted. */
  readonly paste: ((text: string) => void) | undefined;
}

/** What is copied, cut and pasted while an element has the focus. */
export function useClipboardEvents(element: RefObject<HTMLElement | null>, { copy, cut, paste }: Handlers): void {
  const handle = useEffectEvent((event: ClipboardEvent): void => {
    if (element.current === null || document.activeElement !== element.current) return;
    if (event.type === "copy") copy(event);
    else if (event.type === "cut") cut(event);
    else if (paste) {
      event.preventDefault();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text !== "") paste(text);
    }
  });
  useEffect(() => {
    // They arrive where the page's selection is, which need not be where the focus is.
    const kinds = ["copy", "cut", "paste"] as const;
    kinds.forEach((kind) => document.addEventListener(kind, handle));
    return () => kinds.forEach((kind) => document.removeEventListener(kind, handle));
  }, []);
}
