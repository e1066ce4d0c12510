import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of a record's page, beside those that its entry form has everywhere. */
export const loadRecordPageTexts = (): Promise<void> => addTexts(part);
