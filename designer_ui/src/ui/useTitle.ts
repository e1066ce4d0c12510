import { useEffect } from "react";

/** The browser tab's name. */
export function useTitle(title: string | null | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Joinery` : "Joinery";
  }, [title]);
}
