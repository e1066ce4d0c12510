import type { LoadTexts } from "@/ui/i18n/setup";

/**
 * Words of one language, as a chunk of its own: nobody downloads the other language. Each stands by itself here,
 * because the build fetches ahead, as one, whatever a single expression may import.
 */
const LOADERS: Record<Parameters<LoadTexts>[0], () => ReturnType<LoadTexts>> = {
  en: () => import("./en"),
  "zh-CN": () => import("./zh-CN"),
};

export const loadTexts: LoadTexts = (language) => LOADERS[language]();
