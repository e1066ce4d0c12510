import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of a record on paper; to be waited for before it is drawn. */
export const loadPrintTexts = (): Promise<void> => addTexts(part);
