import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of imports and jobs; to be waited for before one of their pages is drawn. */
export const loadImportTexts = (): Promise<void> => addTexts(part);
