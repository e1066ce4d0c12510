import { addTexts, type LoadPart } from "@/ui/i18n/setup";

const part: LoadPart = (language) => (language === "en" ? import("./i18n/en.json") : import("./i18n/zh-CN.json"));

/** The words of the settings of a view; to be waited for before they are drawn. */
export const loadSettingsTexts = (): Promise<void> => addTexts(part);
