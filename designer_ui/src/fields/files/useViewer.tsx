import { lazy, Suspense, useState, type ReactNode } from "react";
import type { ShownFile } from "./FileViewer";

const FileViewer = lazy(async () => (await import("./load")).loadViewer());

/** Opens files over the page: `open(2)` shows the third. `viewer` is to be drawn where they stand. */
export function useViewer(files: readonly ShownFile[]): { readonly open: (place: number) => void; readonly viewer: ReactNode } {
  const [shown, setShown] = useState<number | null>(null);
  return {
    open: setShown,
    viewer: shown === null ? null : <Suspense fallback={null}><FileViewer files={files} first={shown} onClose={() => setShown(null)} /></Suspense>,
  };
}
