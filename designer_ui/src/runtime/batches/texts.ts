import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the page that lists what was changed together. */
export const loadBatchesTexts = (): Promise<void> => addTexts(part);
