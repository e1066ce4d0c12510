import type { LoadTexts } from "@/ui/i18n/setup";

/** Words of one language, as a chunk of its own: nobody downloads the other language. */
export const loadTexts: LoadTexts = (language) => (language === "en" ? import("./en") : import("./zh-CN"));
