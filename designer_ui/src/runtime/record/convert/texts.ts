import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the dialogs; to be waited for before one is drawn. */
export const loadConvertTexts = (): Promise<void> => addTexts(part);
